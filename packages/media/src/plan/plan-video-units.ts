import { videoUnitId } from '@fyrestream/events';
import { rationalValue } from '../cmaf/rational.ts';
import { minLastSegmentSeconds } from '../cmaf/segment-grid.ts';
import type { FrameTiming } from '../observe/frame-timing.ts';
import type { KeyFrameTimes } from '../observe/packet-times.ts';
import type { TrimmedSource } from '../trim/plan-trim.ts';
import { createFilePartsPlanner } from './create-file-parts-planner.ts';
import type { EncodePlan, FrameRange, PlannedUnit, PlannedVideo } from './encode-plan.ts';
import { firstIndex } from './first-index.ts';
import { frameSlotOf } from './frame-slots.ts';
import { midpoint } from './midpoint.ts';
import type { Observations } from './observations.ts';
import { segmentFramesOf } from './segment-duration.ts';
import { sourceFramesOf } from './source-frames.ts';

export interface VideoUnits {
  readonly units: PlannedUnit[];
  /** Why the video has so many units. */
  readonly why: string;
}

type PlanWithoutUnits = Pick<EncodePlan, 'demuxer' | 'leadingBytes' | 'segmentSeconds' | 'timeline'> & {
  readonly video: PlannedVideo;
};

/** Demuxers that find a key frame by its time, as far as tests have shown. */
const seekableDemuxers = new Set(['mov', 'matroska', 'mpegts']);
/** A unit is at least so many times as long as the distance of key frames, because it decodes up to two of them in advance. */
const minKeyFrameDistances = 8;
/** Frames of the source that are decoded beyond the end of a unit, for filters that look ahead. */
const framesDecodedBeyond = 10;
/** Frames of the source before the first one of a unit that its first output frame or a filter may need. */
const framesDecodedBefore = 2;

/**
 * Divides a video into units of whole segments. A unit decodes from the second key frame before its first frame, because
 * frames after a key frame of an open GOP may refer to frames before it. It has the output frames with its numbers, so units
 * neither overlap nor leave a gap. A source whose packets do not prove that this is exact has one unit.
 */
export function planVideoUnits(
  plan: PlanWithoutUnits,
  observations: Pick<
    Observations,
    'frameTiming' | 'keyFrameTimes' | 'indivisibleBecause' | 'surveys' | 'header'
  >,
  unitSeconds: number,
  trimmed: TrimmedSource | null = null,
): VideoUnits {
  const timing = observations.frameTiming ?? null;
  const keyFrameTimes = observations.keyFrameTimes ?? null;
  if (trimmed === null && isShort(timing, unitSeconds))
    return oneUnit(`it is not longer than a unit of ${Math.round(unitSeconds)} s`);
  const because = whyNotDivisible(plan, timing);
  if (because !== null) return oneUnit(because);
  if (observations.indivisibleBecause) return oneUnit(observations.indivisibleBecause);
  if (timing === null || keyFrameTimes === null) return oneUnit('the times of its key frames are not known');
  const framesPerSecond = rationalValue(plan.video.frameRate);
  const zero = plan.timeline.zeroSeconds;
  const survey = observations.surveys?.find(({ streamIndex }) => streamIndex === plan.video.streamIndex);
  const openingWarnings = survey?.openingWarnings ?? 0;
  const slotOf = (time: number) => frameSlotOf(time, zero, framesPerSecond);
  const segmentFrames = segmentFramesOf(plan.video, plan.segmentSeconds);
  // The last frame may round to the end of the video.
  if (trimmed !== null && trimmed.frames === null) return oneUnit('the times of its frames are not known');
  const { first, end } = trimmed?.frames ?? { first: 0, end: timing.times.length };
  const endFrame = trimmed?.endFrame ?? null;
  const lastSlot = endFrame === null ? slotOf(timing.times.at(-1) ?? zero) : endFrame;
  // What is too short for a last segment is a part of the segment before it, and so of its unit.
  const minLastFrames = Math.ceil(minLastSegmentSeconds * framesPerSecond);
  const segments = Math.max(1, Math.ceil((lastSlot - minLastFrames) / segmentFrames));
  const segmentsPerUnit = Math.max(1, Math.round((unitSeconds * framesPerSecond) / segmentFrames));
  const count = Math.max(1, Math.round(segments / segmentsPerUnit));
  // One unit of a trimmed video need not decode what is before it.
  if (count === 1 && trimmed === null)
    return oneUnit(`it is not longer than a unit of ${Math.round(unitSeconds)} s`);

  const cuts = Array.from({ length: count }, (_, unit) => {
    const firstSegment = Math.floor((unit * segments) / count);
    const firstFrame = firstSegment * segmentFrames;
    return {
      ...{ firstSegment, firstFrame },
      sourceFrame: firstIndex(timing.times, (time) => slotOf(time) >= firstFrame),
    };
  });
  const planFileParts = createFilePartsPlanner(keyFrameTimes, observations.header ?? null);
  const ranges = cuts.map(({ firstSegment, firstFrame, sourceFrame }, unit): FrameRange => {
    const next = cuts[unit + 1];
    const begin = unit === 0 ? first : sourceFrame;
    const ownEnd = next?.sourceFrame ?? end;
    const own = timing.times.slice(begin, ownEnd).map((time) => time - zero);
    const decodeFromSeconds =
      begin === 0 ? null : seekPoint(plan.demuxer, keyFrameTimes, timing.times[begin - framesDecodedBefore]);
    const decodeUntilSeconds = midpoint(timing.times, ownEnd + framesDecodedBeyond, zero);
    const decoded = {
      fromSeconds: decodeFromSeconds,
      untilSeconds: decodeUntilSeconds === null ? null : decodeUntilSeconds + zero,
    };
    return {
      zeroSeconds: zero,
      firstSegmentNumber: firstSegment + 1,
      firstFrame,
      endFrame: next?.firstFrame ?? endFrame,
      decodeFromSeconds,
      decodeUntilSeconds,
      fileParts: planFileParts(decoded),
      ownFromSeconds: midpoint(timing.times, begin, zero),
      ownUntilSeconds: midpoint(timing.times, ownEnd, zero),
      openingWarnings,
      sourceFrames: sourceFramesOf(own),
    };
  });
  if (ranges.some(({ sourceFrames }) => sourceFrames.count === 0))
    return oneUnit('a part of it has no frame');
  return {
    units: ranges.map((range, index) => ({ id: videoUnitId(index + 1), kind: 'video', range })),
    why: `${count} units of about ${Math.round((segments * segmentFrames) / framesPerSecond / count)} s`,
  };
}

/** Whether a video is too short for two units. Then there is no need to find out whether it can be divided. */
export function isShort(timing: FrameTiming | null, unitSeconds: number): boolean {
  const [first = 0] = timing?.times ?? [];
  return timing !== null && (timing.times.at(-1) ?? first) - first < 1.4 * unitSeconds;
}

/** The length of units for a source: not much of what they decode may be in advance. */
export function unitSecondsFor(
  { keyFrameTimes, frameTiming }: Pick<Observations, 'keyFrameTimes' | 'frameTiming'>,
  wantedSeconds: number,
): number {
  if (!keyFrameTimes) return wantedSeconds;
  const keys = keyFrameTimes.map(({ presentationSeconds }) => presentationSeconds);
  const times = frameTiming?.times ?? [];
  // Frames far behind the last key frame have to be decoded from there, too.
  const limits = [...times.slice(0, 1), ...keys, ...times.slice(-1)];
  return Math.max(wantedSeconds, minKeyFrameDistances * longestDistance(limits));
}

function oneUnit(because: string): VideoUnits {
  return { units: [{ id: videoUnitId(1), kind: 'video', range: null }], why: `one unit: ${because}` };
}

/** What makes the frames of a part depend on more than the frames shortly before. */
function whyNotDivisible(
  { demuxer, leadingBytes, video }: PlanWithoutUnits,
  timing: FrameTiming | null,
): string | null {
  if (!seekableDemuxers.has(demuxer) || leadingBytes > 0)
    return `a position in ${demuxer} is not found by its time`;
  if (timing === null || timing.lacksTimes) return 'its packets have no times';
  if (timing.overlapCount > 0) return 'its clock goes back';
  if (video.geometryWhy !== null) return 'its size changes';
  if (hasTimedFilter(video)) return 'its colours change';
  if ((video.frameCounts?.fieldsPerFrame ?? 1) > 1) return 'its fields are coded separately';
  return null;
}

/** Such a filter counts from the first frame of its branch. */
function hasTimedFilter({ branches }: PlannedVideo): boolean {
  return branches.some(({ filters }) => filters.some(({ filter }) => filter.includes('enable=')));
}

/** If a stream has reordered frames, ffmpeg seeks so much earlier than it is told. Source: fftools/ffmpeg_demux.c */
const seekMarginSeconds = 3 / 23;

/**
 * The position of the second key frame before a time, in seconds on the source's clock; null for the beginning of the file.
 * Demuxers with an index find a key frame by its presentation time. A transport stream has none: ffmpeg reads from the last packet
 * whose decode time is not later.
 */
function seekPoint(
  demuxer: string,
  keyFrameTimes: readonly KeyFrameTimes[],
  before: number | undefined,
): number | null {
  if (before === undefined) return null;
  const last = firstIndex(keyFrameTimes, ({ presentationSeconds }) => presentationSeconds > before) - 1;
  const key = keyFrameTimes[last - 1];
  if (last < 2 || key === undefined) return null;
  const { presentationSeconds, decodeSeconds } = key;
  const margin = decodeSeconds < presentationSeconds ? seekMarginSeconds : 0;
  const seconds = demuxer === 'mpegts' ? decodeSeconds + margin + 0.001 : presentationSeconds;
  // ffmpeg reads a negative position as none.
  return seconds <= 0 ? null : seconds;
}

function longestDistance(sorted: readonly number[]): number {
  return sorted.reduce((most, time, index) => Math.max(most, time - (sorted[index - 1] ?? time)), 0);
}
