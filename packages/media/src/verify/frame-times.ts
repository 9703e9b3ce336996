import { z } from 'zod';
import type { FrameRange } from '../plan/encode-plan.ts';
import { countFrameSlots, type FrameSlots } from '../plan/frame-slots.ts';
import { sourceFramesOf } from '../plan/source-frames.ts';

/** Between two frames, on the plan's timeline. */
export const gapSchema = z.strictObject({ fromSeconds: z.number(), toSeconds: z.number() });
export type Gap = z.infer<typeof gapSchema>;

/** Statistics of the times of decoded frames, on the plan's timeline. */
export const frameTimeStatisticsSchema = z.strictObject({
  frameCount: z.int().nonnegative(),
  firstSeconds: z.number(),
  lastSeconds: z.number(),
  /** The median distance of consecutive frames, 0 for a single one. */
  typicalGapSeconds: z.number().nonnegative(),
  /** The sum of visible gaps, beyond the typical distance. */
  missingSeconds: z.number().nonnegative(),
  /** These gaps, in order; the first hundred. */
  gaps: z.array(gapSchema).default([]),
});
export type FrameTimeStatistics = z.infer<typeof frameTimeStatisticsSchema>;

/** A gap counts from this many typical distances on, and from the minimum seconds on, because slides last long. */
const holeGaps = 10;
const minHoleSeconds = 0.5;
/** A limit, so that a damaged recording of days does not make a job's files too large. */
const maxGaps = 100;

/**
 * A filter that prints the time of each frame to a socket or file; it precedes filters that change frames. `metadata`
 * prints only frames with metadata, so an entry is added first; encoders do not get it. Source:
 * https://ffmpeg.org/ffmpeg-filters.html#metadata_002c-ametadata
 */
export function frameTimesFilter(kind: 'video' | 'audio', target: string): string {
  const filter = kind === 'video' ? 'metadata' : 'ametadata';
  // Quoted for the graph, escaped for the options of the filter.
  const file = `'${target.replaceAll(/([\\:])/g, '\\$1')}'`;
  return `${filter}=mode=add:key=seen:value=1,${filter}=mode=print:file=${file}`;
}

export interface FrameTimesReader {
  /** Takes text in chunks that are split anywhere. */
  push(text: string): void;
  /** Null without frames. */
  end(): FrameTimeStatistics | null;
  /** For comparison with the packets of the source. */
  sourceFrames(): FrameRange['sourceFrames'];
  /** The result of converting the frames to a constant rate; the plan's timeline starts at slot 0. */
  slotsAt(framesPerSecond: number): FrameSlots;
}

/** Which frames count: those of a unit, or of a trimmed video, whose times are on the plan's timeline already. */
export type CountedFrames = Pick<FrameRange, 'ownFromSeconds' | 'ownUntilSeconds' | 'endFrame'> &
  Partial<Pick<FrameRange, 'zeroSeconds' | 'firstFrame'>>;

/**
 * Parses the output of `frameTimesFilter`.
 * @param range the part whose own frames count; without it, all frames
 */
export function createFrameTimesReader(range: CountedFrames | null = null): FrameTimesReader {
  const times: number[] = [];
  const timestamps: number[] = [];
  const ticks = createTickReader();
  let rest = '';
  const ownTimes = () => {
    const ticksPerSecond = ticks.perSecond();
    const exact = ticksPerSecond === null ? times : timestamps.map((timestamp) => timestamp / ticksPerSecond);
    // The frames of a part have the times of the source's own clock.
    const zeroSeconds = range?.zeroSeconds ?? 0;
    return exact
      .map((time) => time - zeroSeconds)
      .filter((time) => isOwn(range, time))
      .toSorted((left, right) => left - right);
  };
  return {
    push(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      // ffmpeg prints `%g`: times near 0 have an exponent.
      for (const line of lines) {
        const [, timestamp, seconds] = /pts:(-?\d+)\s+pts_time:(-?[\d.]+(?:e[-+]\d+)?)/.exec(line) ?? [];
        if (timestamp === undefined || seconds === undefined) continue;
        times.push(Number(seconds));
        timestamps.push(Number(timestamp));
        ticks.push(Number(timestamp), seconds);
      }
    },
    end: () => summarise(range === null ? times.toSorted((left, right) => left - right) : ownTimes()),
    sourceFrames: () => sourceFramesOf(ownTimes()),
    slotsAt: (framesPerSecond) =>
      countFrameSlots(ownTimes(), 0, framesPerSecond, {
        firstSlot: range?.firstFrame ?? 0,
        endSlot: range?.endFrame ?? null,
      }),
  };
}

function isOwn(range: CountedFrames | null, time: number): boolean {
  const from = range?.ownFromSeconds ?? Number.NEGATIVE_INFINITY;
  return time >= from && time < (range?.ownUntilSeconds ?? Number.POSITIVE_INFINITY);
}

/**
 * ffmpeg 5.1 prints six digits: after ten hours, tenths of a second. The duration of a tick is computed from all
 * frames.
 */
function createTickReader() {
  let [least, most] = [0, Number.POSITIVE_INFINITY];
  return {
    push(timestamp: number, seconds: string) {
      const value = Math.abs(Number(seconds));
      if (timestamp === 0 || value === 0) return;
      const decimals = seconds.split('.')[1]?.length ?? 0;
      const margin = 0.5 * 10 ** -Math.max(decimals, value < 1 ? 6 : 5 - Math.floor(Math.log10(value)));
      least = Math.max(least, Math.abs(timestamp) / (value + margin));
      if (value > margin) most = Math.min(most, Math.abs(timestamp) / (value - margin));
    },
    perSecond: () => {
      if (most === Number.POSITIVE_INFINITY || least > most) return null;
      // In most containers a second has a whole number of ticks.
      const whole = Math.round((least + most) / 2);
      return whole >= least && whole <= most ? whole : (least + most) / 2;
    },
  };
}

function summarise(times: number[]): FrameTimeStatistics | null {
  const [firstSeconds] = times;
  const lastSeconds = times.at(-1);
  if (firstSeconds === undefined || lastSeconds === undefined) return null;
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const typicalGapSeconds = gaps.toSorted((left, right) => left - right)[gaps.length >> 1] ?? 0;
  const hole = holeSeconds(typicalGapSeconds);
  const missingSeconds = gaps
    .filter((gap) => gap >= hole)
    .reduce((sum, gap) => sum + gap - typicalGapSeconds, 0);
  return {
    frameCount: times.length,
    firstSeconds,
    lastSeconds,
    typicalGapSeconds: microseconds(typicalGapSeconds),
    missingSeconds: microseconds(missingSeconds),
    gaps: gaps
      .flatMap((gap, index) => {
        const fromSeconds = times[index] ?? 0;
        return gap >= hole ? { fromSeconds, toSeconds: fromSeconds + gap } : [];
      })
      .slice(0, maxGaps),
  };
}

/** From here on, the distance of two frames is a visible gap. */
function holeSeconds(typicalGapSeconds: number): number {
  return Math.max(minHoleSeconds, holeGaps * typicalGapSeconds);
}

/** Joins the statistics of parts of a stream that were decoded one by one. Null without parts. */
export function joinFrameTimes(parts: readonly FrameTimeStatistics[]): FrameTimeStatistics | null {
  const sorted = parts.toSorted((left, right) => left.firstSeconds - right.firstSeconds);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return null;
  const { typicalGapSeconds } = first;
  const seams = sorted.slice(1).flatMap((part, index) => {
    const fromSeconds = sorted[index]?.lastSeconds ?? 0;
    const isHole = part.firstSeconds - fromSeconds >= holeSeconds(typicalGapSeconds);
    return isHole ? [{ fromSeconds, toSeconds: part.firstSeconds }] : [];
  });
  const sum = (of: (part: FrameTimeStatistics) => number) =>
    sorted.reduce((total, part) => total + of(part), 0);
  return {
    frameCount: sum(({ frameCount }) => frameCount),
    firstSeconds: first.firstSeconds,
    lastSeconds: Math.max(...sorted.map(({ lastSeconds }) => lastSeconds)),
    typicalGapSeconds,
    missingSeconds:
      sum(({ missingSeconds }) => missingSeconds) +
      seams.reduce(
        (total, { fromSeconds, toSeconds }) => total + toSeconds - fromSeconds - typicalGapSeconds,
        0,
      ),
    gaps: [...sorted.flatMap(({ gaps }) => gaps), ...seams]
      .toSorted((left, right) => left.fromSeconds - right.fromSeconds)
      .slice(0, maxGaps),
  };
}

function microseconds(seconds: number): number {
  return Math.round(seconds * 1_000_000) / 1_000_000;
}

/** The end of a video or audio stream: its last frame gets the typical duration. */
export function endSeconds({ lastSeconds, typicalGapSeconds }: FrameTimeStatistics): number {
  return lastSeconds + typicalGapSeconds;
}
