import type { SourceFacts } from '../facts/source-facts.ts';

/** The program of a stream, if there are several; streams in no program are used with any. */
export interface ChosenProgram {
  /** Null if the stream may be used, else the reason why not. */
  whyNotIn(streamIndex: number): string | null;
}

/**
 * A transport stream may contain several films. The program of the chosen video (without video, of the first audio) is
 * used: audio of another program would not match the video. Source: ISO/IEC 13818-1, 2.4.4 (program association and map
 * tables).
 */
export function programOf({ programs }: SourceFacts, streamIndex: number | undefined): ChosenProgram {
  const holding = (index: number) => programs.filter((program) => program.streamIndexes.includes(index));
  const chosen = streamIndex === undefined ? undefined : holding(streamIndex)[0];
  return {
    whyNotIn(index) {
      if (chosen === undefined || chosen.streamIndexes.includes(index)) return null;
      const [other] = holding(index);
      if (other === undefined) return null;
      return `of program ${named(other)}; the film is program ${named(chosen)}`;
    },
  };
}

function named({ id, name }: SourceFacts['programs'][number]): string {
  return name === null ? `${id}` : `${id} (${name})`;
}
