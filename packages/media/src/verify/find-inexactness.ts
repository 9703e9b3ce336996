import type { FrameRange } from '../plan/encode-plan.ts';
import type { DecoderWarnings } from './decoder-warnings.ts';

/** Containers round times to milliseconds; frames are at least ten times as far apart. */
const toleranceSeconds = 0.002;

/** What a unit measured while it encoded its part of the video. */
export interface EncodedPart {
  /** The frames of the source that the decoder gave between the unit's own limits. */
  readonly sourceFrames: FrameRange['sourceFrames'];
  /** The number of frames that the encoders got. */
  readonly frameCount: number;
  readonly warnings: DecoderWarnings;
  /** Whether it read a file that lacks other parts. */
  readonly isPartOfFile?: boolean;
}

/**
 * Compares a unit with the packets of its part of the source. It is exact if it decoded each frame of the part, at its time, and
 * gave the encoders as many frames as the plan says. A decoder that reports errors may do so because it began in the middle; if it
 * began with the file, decoding all of the video gives the same errors and frames.
 * @returns why the unit is not exact; null if it is
 */
export function findInexactness(
  range: FrameRange,
  { sourceFrames, frameCount, warnings, isPartOfFile = false }: EncodedPart,
): string | null {
  const errors = warnings.errors + warnings.corrupt - range.openingWarnings;
  if ((range.decodeFromSeconds !== null || isPartOfFile) && errors > 0) {
    return `its decoder reported ${errors} errors`;
  }
  const due = range.sourceFrames;
  if (sourceFrames.count !== due.count) {
    return `it decoded ${sourceFrames.count} of its ${due.count} frames`;
  }
  for (const name of ['firstSeconds', 'lastSeconds', 'meanSeconds'] as const) {
    if (Math.abs(sourceFrames[name] - due[name]) > toleranceSeconds) {
      return `its frames are at other times (${name} is ${sourceFrames[name]}, not ${due[name]})`;
    }
  }
  const dueFrames = range.endFrame === null ? null : range.endFrame - range.firstFrame;
  if (dueFrames === null ? frameCount === 0 : frameCount !== dueFrames) {
    return `it has ${frameCount} frames, not ${dueFrames ?? 'one or more'}`;
  }
  return null;
}
