import type { VideoStream } from '../facts/source-facts.ts';
import type { StreamSurvey } from './decode-survey.ts';
import { median, type PacketTimes } from './packet-times.ts';

/** The times of a stream's frames, from the timestamps of all its packets. */
export interface FrameTiming {
  /** Presentation times in seconds on the source's clock, sorted; jumps of the clock are removed. */
  readonly times: number[];
  /** Frames whose clock goes back: other frames are shown at their times already. */
  readonly overlapCount: number;
  /** The frame duration in the fastest second of the stream: the mean of durations near the median. */
  readonly typicalFrameSeconds: number;
  /** Whether (nearly) every frame is on a grid of the typical duration; missing frames are allowed. */
  readonly isEvenlySpaced: boolean;
  /** Telecined film by repeated fields: frames last two and three fields in turn, evenly spaced on average. */
  readonly isPulldown: boolean;
  /** Whether packets have no presentation times: a decoder then outputs frames with its reordering delay. */
  readonly lacksTimes: boolean;
}

/** Closer frames are a hidden frame and the shown one that refers to it (VP9), not two frames. */
const sameFrameSeconds = 0.0012;
/** Enough frames for a movement rather than a burst of delayed frames. */
const sustainedSeconds = 1;
/** A part is faster from this ratio on; less is jitter. */
const fasterShare = 0.75;

export interface FrameTimingOptions {
  /** Packets per decoded frame, see `packetsPerFrame`. */
  readonly packetsPerFrame?: number;
  /**
   * Whether ffmpeg removes jumps of this container's clock; in other containers, frames after a step back are shown
   * again at earlier times.
   */
  readonly clockMayJump?: boolean;
  /** Whether frames that are not shown have packets with times of their own. */
  readonly mayHideFrames?: boolean;
}

/** Null if fewer than three frames have a time. */
export function readFrameTiming(
  { runs, untimedCount }: Pick<PacketTimes, 'runs' | 'untimedCount'>,
  { packetsPerFrame = 1, clockMayJump = false, mayHideFrames = true }: FrameTimingOptions = {},
): FrameTiming | null {
  const packetCount = runs.reduce((sum, run) => sum + run.length, 0);
  const frames = runs.map((run) => mergeFields(run, packetsPerFrame, mayHideFrames ? sameFrameSeconds : 0));
  const gaps = frames.flatMap(gapsOf);
  const typicalGap = median(gaps);
  if (gaps.length < 2 || typicalGap <= 0) return null;
  const common = {
    overlapCount: clockMayJump ? 0 : overlapOf(frames),
    times: clockMayJump
      ? joinRuns(frames, typicalGap)
      : frames.flat().toSorted((left, right) => left - right),
    lacksTimes: untimedCount > packetCount * 0.01,
  };
  if (isPulldown(gaps)) {
    // Whole groups of four: a single gap of two or three fields would turn 23.976 into 24.
    const rounds = gaps.slice(0, gaps.length - (gaps.length % 4));
    return { ...common, typicalFrameSeconds: mean(rounds), isEvenlySpaced: true, isPulldown: true };
  }
  const near = sustainedGaps(gaps, typicalGap) ?? gaps.filter((gap) => isNear(gap, typicalGap, 1));
  const typicalFrameSeconds = mean(near);
  const onGrid = gaps.filter((gap) =>
    isNear(gap, typicalFrameSeconds, Math.max(1, Math.round(gap / typicalFrameSeconds))),
  );
  // One gap in fifty may be off the grid: an edit, a lost packet.
  const isEvenlySpaced =
    onGrid.length >= gaps.length * 0.98 && near.length >= Math.min(gaps.length * 0.5, 25);
  return { ...common, typicalFrameSeconds, isEvenlySpaced, isPulldown: false };
}

/** Packets that a survey may have read beyond its last frame; a slow screen recording has few others. */
const undecodedPackets = 3;
const fieldCodecs = new Set(['h264', 'hevc', 'vc1', 'mpeg2video', 'cavs', 'vvc']);

/**
 * How many packets with times make one frame, from what a survey decoded: 2 if each field has its own packet and time
 * (PAFF), a value in between if only some have, else 1.
 * @param hiddenPositions packets without a frame of their own, see `PacketTimes`; the survey may have read fewer packets
 */
export function packetsPerFrame(
  stream: VideoStream,
  survey: StreamSurvey | undefined,
  hiddenPositions: readonly number[],
): number {
  if (!survey || survey.decodedFrames === 0 || survey.warnings > 0) return 1;
  if (!fieldCodecs.has(stream.codec ?? '')) return 1;
  const hiddenCount = hiddenPositions.filter((position) => position < survey.readPackets).length;
  const packets = survey.readPackets - hiddenCount;
  const ratio = packets / survey.decodedFrames;
  const isPaired = (packets - undecodedPackets) / survey.decodedFrames > 1.2;
  return isPaired && ratio < 2.2 ? ratio : 1;
}

/** Merges the fields of a frame, and hidden frames with shown ones. */
function mergeFields(run: number[], fieldsPerFrame: number, hiddenSeconds: number): number[] {
  const extent = (run.at(-1) ?? 0) - (run[0] ?? 0);
  // If only some frames are pairs of fields, the two times of a pair are half a frame apart.
  const frameSeconds = (extent / Math.max(1, run.length - 1)) * fieldsPerFrame;
  const closest = fieldsPerFrame > 1 ? frameSeconds * 0.75 : hiddenSeconds;
  const merged: number[] = [];
  for (const time of run) {
    if (merged.length === 0 || time - (merged.at(-1) ?? 0) > closest) merged.push(time);
  }
  return merged;
}

function gapsOf(times: number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

/** How many frames start before one of an earlier run ends. */
function overlapOf(runs: number[][]): number {
  let reached = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const run of runs) {
    const end = reached;
    for (const time of run) if (time <= end) count += 1;
    reached = Math.max(reached, run.at(-1) ?? reached);
  }
  return count;
}

/** If the clock jumps, ffmpeg places the next frame directly after the last one. */
function joinRuns(runs: number[][], gapSeconds: number): number[] {
  const joined: number[] = [];
  for (const run of runs) {
    const shift = joined.length === 0 ? 0 : (joined.at(-1) ?? 0) + gapSeconds - (run[0] ?? 0);
    for (const time of run) joined.push(time + shift);
  }
  return joined;
}

/**
 * The gaps of the fastest second, and of all seconds that are nearly as fast, near their median; null if no second is
 * clearly faster than the rest of the stream, or if it is only a burst of delayed frames.
 */
function sustainedGaps(gaps: number[], typicalGap: number): number[] | null {
  const ends = new Uint32Array(gaps.length);
  const means = new Float64Array(gaps.length).fill(Number.POSITIVE_INFINITY);
  let seconds = 0;
  for (let from = 0, to = 0; from < gaps.length; seconds -= gaps[from++] ?? 0) {
    while (to < gaps.length && seconds < sustainedSeconds - sameFrameSeconds) seconds += gaps[to++] ?? 0;
    if (seconds < sustainedSeconds - sameFrameSeconds) break;
    ends[from] = to;
    means[from] = seconds / (to - from);
  }
  const fastest = means.reduce((least, gap) => Math.min(least, gap), Number.POSITIVE_INFINITY);
  if (fastest > typicalGap * fasterShare) return null;
  const isFast = new Uint8Array(gaps.length);
  means.forEach((gap, from) => {
    if (gap <= fastest * 1.1) isFast.fill(1, from, ends[from]);
  });
  const fast = gaps.filter((_, index) => isFast[index] === 1);
  const middle = median(fast);
  const near = fast.filter((gap) => isNear(gap, middle, 1));
  return mean(near) * near.length < sustainedSeconds / 2 ? null : near;
}

const pulldownWindow = 10;

/** Gaps of two and three fields with a constant mean: both phases, and 2:3:3:2. */
function isPulldown(gaps: number[]): boolean {
  if (gaps.length < 2 * pulldownWindow) return false;
  const meanGap = mean(gaps);
  const field = meanGap / 2.5;
  const two = gaps.filter((gap) => isNear(gap, field * 2, 1)).length;
  const three = gaps.filter((gap) => isNear(gap, field * 3, 1)).length;
  if (two + three < gaps.length * 0.98 || Math.min(two, three) < gaps.length * 0.4) return false;
  let sum = gaps.slice(0, pulldownWindow).reduce((total, gap) => total + gap, 0);
  let steady = 0;
  for (let index = pulldownWindow; index < gaps.length; index++) {
    sum += (gaps[index] ?? 0) - (gaps[index - pulldownWindow] ?? 0);
    if (Math.abs(sum / pulldownWindow / meanGap - 1) < 0.06) steady += 1;
  }
  return steady >= (gaps.length - pulldownWindow) * 0.95;
}

/** Containers round to milliseconds; cameras have a jitter of less than a tenth of a frame. */
function isNear(gap: number, frameSeconds: number, frames: number): boolean {
  return Math.abs(gap - frameSeconds * frames) <= Math.max(0.0015, frameSeconds * 0.1);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
