import type { LadderConfig } from '@fyrestream/events';
import { mediaCeilings } from '../ceilings/media-ceilings.ts';
import { formatRational, type Rational, rationalValue } from '../cmaf/rational.ts';
import type { FrameSize, SourceFacts, VideoStream } from '../facts/source-facts.ts';
import { MediaRefusal } from '../media-refusal.ts';
import type { FrameTiming } from '../observe/frame-timing.ts';
import type { TrimmedSource } from '../trim/plan-trim.ts';
import { ownFramesOf, trimEnd } from '../trim/trim-filters.ts';
import type {
  EncodePlan,
  PlannedBranch,
  PlannedFilter,
  PlannedRendition,
  PlannedVideo,
} from './encode-plan.ts';
import type { Observations } from './observations.ts';
import { colourParts, planChangingColour } from './plan-changing-colour.ts';
import { planHdrColour, planSdrColour } from './plan-colour.ts';
import { planDeinterlace } from './plan-deinterlace.ts';
import { planFrameCounts } from './plan-frame-counts.ts';
import { planFrameRate } from './plan-frame-rate.ts';
import { planRungs, videoBitrateOf } from './plan-rungs.ts';
import { planSourceGeometry } from './plan-source-geometry.ts';

const keyFrameIntervalSeconds = 2;
/** Everything about the video: size, orientation, rate, deinterlacing, colour and rungs. */
export function planVideo(
  source: VideoStream,
  facts: SourceFacts,
  observations: Observations,
  ladderConfig: LadderConfig,
  timeline: EncodePlan['timeline'],
  trimmed: TrimmedSource | null = null,
): PlannedVideo {
  const containerCrop = observations.containerCrop ?? null;
  const timing = observations.frameTiming ?? null;
  const frameRate = planFrameRate(source, timing);
  const geometry = planSourceGeometry(source, observations.keyFrames ?? [], containerCrop, frameRate.rate);
  const parts = colourParts(geometry.stream, observations.keyFrames ?? []);
  const isChanging = parts.length > 1;
  // Video that is not HDR throughout is published in standard dynamic range.
  const stream = isChanging ? { ...geometry.stream, dynamicRange: 'sdr' as const } : geometry.stream;
  const { width, height } = stream.codedSize;
  if (width * height > mediaCeilings.pixelsPerFrame)
    throw new MediaRefusal('video-too-large', `It is ${width} x ${height}.`);
  const rungs = planRungs({ ...stream, bitrateBitsPerSecond: videoBitrateOf(stream, facts) }, ladderConfig);
  const early = [
    ...geometry.filters,
    // In rotated frames, combing is neither detected nor removed.
    ...planDeinterlace(stream, observations.interlace ?? null, frameRate.rate),
    ...turn(stream),
  ];
  return {
    streamIndex: stream.index,
    displaySize: stream.displaySize,
    dynamicRange: stream.dynamicRange,
    frameRate: frameRate.rate,
    frameRateWhy: frameRate.why,
    frameCounts:
      trimmed && timing && trimmed.frames === null
        ? null
        : planFrameCounts(
            stream,
            selectFrames(timing, trimmed),
            frameRate,
            timeline,
            geometry.hasFieldFrames ? 2 : 1,
            trimmed?.endFrame ?? null,
          ),
    ownFrames:
      trimmed &&
      ownFramesOf(trimmed, timing, {
        zeroSeconds: timeline.zeroSeconds,
        fieldsPerFrame: geometry.hasFieldFrames ? 2 : 1,
      }),
    keyFrameIntervalFrames: Math.max(1, Math.round(rationalValue(frameRate.rate) * keyFrameIntervalSeconds)),
    orientationWhy: orientationWhy(stream),
    geometryWhy: geometry.why,
    toleratesSizeChange: containerCrop === null,
    filters: [
      ...(containerCrop === null ? guardSize(geometry.storedSize, early) : []),
      ...early,
      ...(timing?.lacksTimes ? [beginOnTime(stream, timeline, trimmed)] : []),
      {
        filter: `fps=${formatRational(frameRate.rate)}:start_time=0${atLeastOneFrame(stream, facts, frameRate.rate)}`,
        why: `${frameRate.why}; the first frame is repeated from 0, so that a late start keeps its offset`,
      },
      ...trimEnd(trimmed),
    ],
    branches: planBranches(stream, rungs.renditions, (size) =>
      isChanging
        ? planChangingColour(parts, size, {
            zeroSeconds: timeline.zeroSeconds,
            framesPerSecond: rationalValue(frameRate.rate),
          })
        : planSdrColour(stream, size),
    ),
    dropped: rungs.dropped,
    watermark: null,
    mastering: rungs.renditions.some(({ dynamicRange }) => dynamicRange === 'pq') ? stream.mastering : null,
    closedCaptions: planClosedCaptions(stream, frameRate.rate, ladderConfig),
  };
}

/** The frames that a trim keeps. */
function selectFrames(timing: FrameTiming | null, trimmed: TrimmedSource | null): FrameTiming | null {
  if (timing === null || !trimmed?.frames) return timing;
  const { first, end } = trimmed.frames;
  return { ...timing, times: timing.times.slice(first, end) };
}

/** Of a video of less than half a frame's time `fps` would round the end to 0. */
function atLeastOneFrame({ durationSeconds }: VideoStream, facts: SourceFacts, rate: Rational): string {
  const seconds = durationSeconds ?? facts.durationSeconds;
  return seconds !== null && seconds * rationalValue(rate) < 0.5 ? ':eof_action=pass' : '';
}

function planBranches(
  stream: VideoStream,
  renditions: PlannedRendition[],
  planStandard: (size: FrameSize) => PlannedFilter[],
): PlannedBranch[] {
  const branches = [
    { id: 'standard' as const, plan: planStandard, isOurs: (range: string) => range === 'sdr' },
    {
      id: 'high-dynamic-range' as const,
      plan: (size: FrameSize) => planHdrColour(stream, size),
      isOurs: (range: string) => range !== 'sdr',
    },
  ];
  return branches.flatMap(({ id, plan, isOurs }) => {
    const own = renditions.filter((rendition) => isOurs(rendition.dynamicRange));
    const largest = own.toSorted((left, right) => right.width * right.height - left.width * left.height)[0];
    return largest ? [{ id, filters: plan(largest), watermark: null, renditions: own }] : [];
  });
}

function orientationWhy({ orientation: { rotationDegrees, isMirrored, signalledBy } }: VideoStream): string {
  if (rotationDegrees === 0 && !isMirrored) return 'stored upright';
  const turned = `${isMirrored ? 'mirrored, then ' : ''}rotated by ${rotationDegrees} degrees clockwise`;
  return `${turned}, by a filter, as the ${signalledBy === 'rotate-tag' ? 'legacy rotate tag' : 'display matrix'} says`;
}

/** Later frames of another size must not reach filters that rely on the first size. */
function guardSize({ width, height }: FrameSize, filters: PlannedFilter[]): PlannedFilter[] {
  if (filters.length === 0) return [];
  const why =
    'has no effect on frames of this size; scales other frames to it for the filters that follow, with another pixel aspect';
  return [{ filter: `scale=${width}:${height}:interl=-1`, why }];
}

/** ffmpeg does not rotate frames by itself (`-noautorotate`): it would do so before they are deinterlaced. */
function turn(stream: VideoStream): PlannedFilter[] {
  const { rotationDegrees, isMirrored } = stream.orientation;
  const turns = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] };
  const filters = [...(isMirrored ? ['hflip'] : []), ...turns[rotationDegrees]];
  if (filters.length === 0) return [];
  // ffmpeg 7 passes on side data of frames.
  const filter = [...filters, 'sidedata=mode=delete:type=DISPLAYMATRIX'].join(',');
  return [{ filter, why: orientationWhy(stream) }];
}

/** Without presentation times, a decoder outputs each frame with its reordering delay. */
function beginOnTime(
  { startSeconds }: VideoStream,
  { zeroSeconds }: EncodePlan['timeline'],
  trimmed: TrimmedSource | null,
): PlannedFilter {
  const offset = (startSeconds ?? zeroSeconds) - zeroSeconds;
  const offsetSeconds = trimmed === null ? Math.max(0, offset) : offset;
  return {
    filter: `setpts=PTS-STARTPTS+${offsetSeconds.toFixed(6)}/TB`,
    why: 'packets have no presentation times: the first frame is moved to the start of the stream',
  };
}

/** Captions are part of frames: they are kept only if every frame is kept once. */
function planClosedCaptions(
  stream: VideoStream,
  rate: PlannedVideo['frameRate'],
  ladderConfig: LadderConfig,
): PlannedVideo['closedCaptions'] {
  if (!stream.hasClosedCaptions) return { action: 'none', why: 'the video has none' };
  const average = stream.averageFrameRate ? rationalValue(stream.averageFrameRate) : 0;
  const isSameRate = Math.abs(rationalValue(rate) / average - 1) < 0.01;
  if (!isSameRate)
    return { action: 'left-out', why: 'frames are dropped or repeated, which would garble captions' };
  const others = ladderConfig.ladders.length > 1 ? '; HEVC and AV1 renditions have none' : '';
  return { action: 'kept-in-band', why: `CEA-608/708 is kept in the H.264 renditions${others}` };
}
