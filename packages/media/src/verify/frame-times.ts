import { z } from 'zod';

/** When the frames came that a decoder gave, on the plan's timeline. */
export const frameTimesSchema = z.strictObject({
  frameCount: z.int().nonnegative(),
  firstSeconds: z.number(),
  lastSeconds: z.number(),
  /** The median distance of two frames, 0 for a single one. */
  typicalGapSeconds: z.number().nonnegative(),
  /** All that lies in gaps long enough to be seen, beyond the typical distance. */
  missingSeconds: z.number().nonnegative(),
});
export type FrameTimes = z.infer<typeof frameTimesSchema>;

/** A gap is a hole from this many typical distances on, and never below the seconds: slides stand for long. */
const holeGaps = 10;
const minHoleSeconds = 0.5;

/**
 * The filter that tells each frame's time to a socket or file, ahead of whatever changes the frames.
 * `metadata` prints only frames that have any, so that one is added first; nothing of it reaches an encoder.
 * Source: https://ffmpeg.org/ffmpeg-filters.html#metadata_002c-ametadata
 */
export function frameTimesFilter(kind: 'video' | 'audio', target: string): string {
  const filter = kind === 'video' ? 'metadata' : 'ametadata';
  // Quoted for the graph, escaped for the filter's own options.
  const file = `'${target.replaceAll(/([\\:])/g, '\\$1')}'`;
  return `${filter}=mode=add:key=seen:value=1,${filter}=mode=print:file=${file}`;
}

export interface FrameTimesReader {
  /** Takes text as it comes, split anywhere. */
  push(text: string): void;
  /** Null where no frame was told of. */
  end(): FrameTimes | null;
}

/** Reads what `frameTimesFilter` tells. */
export function createFrameTimesReader(): FrameTimesReader {
  const times: number[] = [];
  let rest = '';
  return {
    push(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      // ffmpeg prints `%g`: times near 0 come with an exponent.
      for (const line of lines) {
        const seconds = /pts_time:(-?[\d.]+(?:e[-+]\d+)?)/.exec(line)?.[1];
        if (seconds !== undefined) times.push(Number(seconds));
      }
    },
    end: () => summarise(times.toSorted((left, right) => left - right)),
  };
}

function summarise(times: number[]): FrameTimes | null {
  const [firstSeconds] = times;
  const lastSeconds = times.at(-1);
  if (firstSeconds === undefined || lastSeconds === undefined) return null;
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const typicalGapSeconds = gaps.toSorted((left, right) => left - right)[gaps.length >> 1] ?? 0;
  const hole = Math.max(minHoleSeconds, holeGaps * typicalGapSeconds);
  const missingSeconds = gaps
    .filter((gap) => gap >= hole)
    .reduce((sum, gap) => sum + gap - typicalGapSeconds, 0);
  return {
    frameCount: times.length,
    firstSeconds,
    lastSeconds,
    typicalGapSeconds: microseconds(typicalGapSeconds),
    missingSeconds: microseconds(missingSeconds),
  };
}

function microseconds(seconds: number): number {
  return Math.round(seconds * 1_000_000) / 1_000_000;
}

/** When the picture or sound of a stream ends: its last frame lasts as long as most do. */
export function endSeconds({ lastSeconds, typicalGapSeconds }: FrameTimes): number {
  return lastSeconds + typicalGapSeconds;
}
