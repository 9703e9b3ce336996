import { FyrestreamError, type Trim } from '@fyrestream/events';
import { rationalValue } from '../cmaf/rational.ts';
import type { FrameTiming } from '../observe/frame-timing.ts';
import type { EncodePlan } from '../plan/encode-plan.ts';
import { firstIndex } from '../plan/first-index.ts';
import { leadForFramePhase } from '../plan/lead-for-frame-phase.ts';
import type { PlannedFrameRate } from '../plan/plan-frame-rate.ts';

/** The frames of a source that are in a trimmed output. */
export interface FrameSelection {
  /** Index of the first one among all frames of the source. */
  readonly first: number;
  /** Of the frame after the last one. */
  readonly end: number;
}

/** What a trim does to the video and the timeline of a source. */
export interface TrimmedSource {
  readonly timeline: EncodePlan['timeline'];
  /** The length of the output; null to the end of the source. */
  readonly lengthSeconds: number | null;
  /** The number of output frames; null to the end, and without video. */
  readonly endFrame: number | null;
  /** Null if the times of the frames are not known. */
  readonly frames: FrameSelection | null;
  readonly plan: NonNullable<EncodePlan['trim']>;
}

/** Typed seconds, and times of containers that count milliseconds, differ from the time of a frame by less. */
const toleranceSeconds = 0.001;

/**
 * Chooses the frames of a trim: those that begin in it. Where the source shows a frame for longer than usual when the trim begins or ends,
 * the part of that time inside the trim is shown. The first frame becomes 0, for audio and subtitles too.
 * @param timeline of the whole source; a trim counts from its 0
 * @param durationSeconds of the whole source on that timeline; null if unknown
 * @throws FyrestreamError `options-invalid` if it begins after the end
 */
export function planTrim(
  { from = 0, to }: Trim,
  {
    timeline,
    timing,
    frameRate,
    durationSeconds,
  }: {
    timeline: EncodePlan['timeline'];
    timing: FrameTiming | null;
    frameRate: PlannedFrameRate | null;
    durationSeconds: number | null;
  },
): TrimmedSource {
  const zero = timeline.zeroSeconds;
  const endSeconds = endOf(timing, zero, durationSeconds);
  if (endSeconds !== null && from >= endSeconds) throw beginsAfterEnd(from, endSeconds);
  const hasTimes = timing !== null && !timing.lacksTimes && timing.overlapCount === 0;
  const chosen =
    frameRate !== null && hasTimes
      ? chooseFrames({ from: zero + from, to: to === undefined ? null : zero + to }, zero, timing, frameRate)
      : chooseTimes({ from, to: to ?? null }, zero, frameRate);
  const { zeroSeconds, lengthSeconds, endFrame, frames } = chosen;
  const shiftSeconds = microseconds(zeroSeconds - zero);
  const why = `trimmed: ${zeroSeconds.toFixed(3)} s of the source becomes 0${lengthSeconds === null ? '' : `, and the output ends after ${lengthSeconds.toFixed(3)} s`}`;
  return {
    timeline: {
      ...timeline,
      streamStarts: timeline.streamStarts.map(({ streamIndex, seconds }) => ({
        streamIndex,
        seconds: Math.max(seconds, zeroSeconds),
      })),
      zeroSeconds,
      inputOffsetSeconds: microseconds(timeline.inputOffsetSeconds - shiftSeconds),
      why: `${timeline.why}; ${why}`,
    },
    lengthSeconds,
    endFrame,
    frames,
    plan: { shiftSeconds, lengthSeconds },
  };
}

type Chosen = Pick<TrimmedSource, 'lengthSeconds' | 'endFrame' | 'frames'> & { readonly zeroSeconds: number };

/** @param from and `to`: on the source's own clock */
function chooseFrames(
  { from, to }: { from: number; to: number | null },
  wholeZero: number,
  timing: FrameTiming,
  frameRate: PlannedFrameRate,
): Chosen {
  const { times, typicalFrameSeconds } = timing;
  const framesPerSecond = rationalValue(frameRate.rate);
  const usual = typicalFrameSeconds * 1.1 + toleranceSeconds;
  const beginning =
    from - wholeZero <= toleranceSeconds ? 0 : firstIndex(times, (time) => time >= from - toleranceSeconds);
  const begins = times[beginning] ?? Number.POSITIVE_INFINITY;
  const isSnapped = beginning > 0 && begins - from <= usual;
  const first = beginning === 0 || isSnapped ? beginning : beginning - 1;
  const end =
    to === null
      ? times.length
      : Math.max(
          first + 1,
          firstIndex(times, (time) => time >= to - toleranceSeconds),
        );
  const kept = { ...timing, times: times.slice(first, end) };
  const start = beginning === 0 ? wholeZero + Math.max(0, from - wholeZero) : isSnapped ? begins : from;
  const lead = isSnapped ? leadForFramePhase(kept, frameRate, start) : 0;
  const zeroSeconds = microseconds(start - lead);
  if (to === null) return { zeroSeconds, lengthSeconds: null, endFrame: null, frames: { first, end } };
  const after = times[end];
  if (after === undefined)
    return {
      zeroSeconds,
      lengthSeconds: microseconds(to - zeroSeconds),
      endFrame: null,
      frames: { first, end },
    };
  const endTime = after - to <= usual ? after : to;
  const endFrame = Math.max(1, Math.round((endTime - zeroSeconds) * framesPerSecond));
  return { zeroSeconds, lengthSeconds: endFrame / framesPerSecond, endFrame, frames: { first, end } };
}

/** Without times of frames, and without video: the seconds as they are. */
function chooseTimes(
  { from, to }: { from: number; to: number | null },
  zero: number,
  frameRate: PlannedFrameRate | null,
): Chosen {
  const zeroSeconds = microseconds(zero + from);
  if (to === null) return { zeroSeconds, lengthSeconds: null, endFrame: null, frames: null };
  if (frameRate === null) return { zeroSeconds, lengthSeconds: to - from, endFrame: null, frames: null };
  const framesPerSecond = rationalValue(frameRate.rate);
  const endFrame = Math.max(1, Math.round((to - from) * framesPerSecond));
  return { zeroSeconds, lengthSeconds: endFrame / framesPerSecond, endFrame, frames: null };
}

/** Packets show more exactly than metadata where the video ends. */
function endOf(timing: FrameTiming | null, zero: number, durationSeconds: number | null): number | null {
  const last = timing?.times.at(-1);
  if (timing === null || last === undefined || timing.lacksTimes) return durationSeconds;
  return last + timing.typicalFrameSeconds - zero;
}

function beginsAfterEnd(from: number, endSeconds: number): FyrestreamError {
  return new FyrestreamError({
    code: 'options-invalid',
    message: `The options of the upload do not fit it: options.trim.from is ${from}, but the upload ends after ${endSeconds.toFixed(3)} s.`,
    retryable: false,
  });
}

function microseconds(seconds: number): number {
  return Math.round(seconds * 1_000_000) / 1_000_000 + 0;
}
