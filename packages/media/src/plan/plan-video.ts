import type { LadderPreset } from '@fyrestream/events';
import { formatRational, rationalValue } from '../cmaf/rational.ts';
import type { FrameSize, SourceFacts, VideoStream } from '../facts/source-facts.ts';
import { MediaRefusal } from '../media-refusal.ts';
import type {
  DroppedRung,
  EncodePlan,
  PlannedBranch,
  PlannedFilter,
  PlannedRendition,
  PlannedVideo,
} from './encode-plan.ts';
import type { Observations } from './observations.ts';
import { planKeptColour, planStandardColour } from './plan-colour.ts';
import { planDeinterlace } from './plan-deinterlace.ts';
import { planFrameCounts } from './plan-frame-counts.ts';
import { planFrameRate } from './plan-frame-rate.ts';
import { planGeometry } from './plan-geometry.ts';
import { planLadder } from './plan-ladder.ts';

const keyFrameIntervalSeconds = 2;
/** 16384 x 8192; above, a single frame takes more memory than a task has. */
export const maxPixels = 134_217_728;

/** Everything about the video: size, orientation, rate, deinterlacing, colour and rungs. */
export function planVideo(
  source: VideoStream,
  facts: SourceFacts,
  observations: Observations,
  preset: LadderPreset,
  timeline: EncodePlan['timeline'],
): PlannedVideo {
  const containerCrop = observations.containerCrop ?? null;
  const timing = observations.frameTiming ?? null;
  const frameRate = planFrameRate(source, timing);
  const geometry = planGeometry(source, observations.keyFrames ?? [], containerCrop, frameRate.rate);
  const { stream } = geometry;
  const { width, height } = stream.codedSize;
  if (width * height > maxPixels) throw new MediaRefusal('video-too-large', `It is ${width} x ${height}.`);
  const rungs = planRungs(stream, facts, preset);
  const early = [
    ...geometry.filters,
    // Turned on its side, combing is neither seen nor removed.
    ...planDeinterlace(stream, observations.interlace ?? null, frameRate.rate),
    ...turn(stream),
  ];
  return {
    streamIndex: stream.index,
    displaySize: stream.displaySize,
    frameRate: frameRate.rate,
    frameRateWhy: frameRate.why,
    frameCounts: planFrameCounts(stream, timing, frameRate, timeline, geometry.hasFieldFrames ? 2 : 1),
    keyFrameIntervalFrames: Math.max(1, Math.round(rationalValue(frameRate.rate) * keyFrameIntervalSeconds)),
    orientationWhy: orientationWhy(stream),
    geometryWhy: geometry.why,
    toleratesSizeChange: containerCrop === null,
    filters: [
      ...(containerCrop === null ? guardSize(geometry.storedSize, early) : []),
      ...early,
      ...(timing?.lacksTimes ? [beginOnTime(stream, timeline)] : []),
      {
        filter: `fps=${formatRational(frameRate.rate)}:start_time=0`,
        why: `${frameRate.why}; the first frame is held from 0, so that a late start keeps its offset`,
      },
    ],
    branches: planBranches(stream, rungs.renditions),
    dropped: rungs.dropped,
    mastering: rungs.renditions.some(({ dynamicRange }) => dynamicRange === 'pq') ? stream.mastering : null,
    closedCaptions: planClosedCaptions(stream, frameRate.rate, preset),
  };
}

function planRungs(stream: VideoStream, facts: SourceFacts, preset: LadderPreset) {
  const { displaySize, codec } = stream;
  // Where it is the only stream, the file's own rate is as good as the stream's.
  const isAlone = facts.video.length === 1 && facts.audio.length === 0;
  const bitrateBitsPerSecond = stream.bitrateBitsPerSecond ?? (isAlone ? facts.bitrateBitsPerSecond : null);
  const renditions: PlannedRendition[] = [];
  const dropped: DroppedRung[] = [];
  for (const ladder of preset.ladders) {
    const planned = planLadder({ displaySize, codec, bitrateBitsPerSecond }, ladder);
    const isKept = preset.hdr === 'keep' && ladder.codec !== 'h264';
    const dynamicRange = isKept ? stream.dynamicRange : 'sdr';
    renditions.push(...planned.renditions.map((rendition) => ({ ...rendition, dynamicRange })));
    dropped.push(...planned.dropped);
  }
  return { renditions, dropped };
}

function planBranches(stream: VideoStream, renditions: PlannedRendition[]): PlannedBranch[] {
  const branches = [
    { id: 'standard' as const, plan: planStandardColour, isOurs: (range: string) => range === 'sdr' },
    { id: 'high-dynamic-range' as const, plan: planKeptColour, isOurs: (range: string) => range !== 'sdr' },
  ];
  return branches.flatMap(({ id, plan, isOurs }) => {
    const own = renditions.filter((rendition) => isOurs(rendition.dynamicRange));
    const largest = own.toSorted((left, right) => right.width * right.height - left.width * left.height)[0];
    return largest ? [{ id, filters: plan(stream, largest), renditions: own }] : [];
  });
}

function orientationWhy({ orientation: { rotationDegrees, isMirrored, signalledBy } }: VideoStream): string {
  if (rotationDegrees === 0 && !isMirrored) return 'stored upright';
  const turned = `${isMirrored ? 'mirrored, then ' : ''}turned by ${rotationDegrees} degrees clockwise`;
  return `${turned}, by a filter, as the ${signalledBy === 'rotate-tag' ? 'legacy rotate tag' : 'display matrix'} says`;
}

/** Frames of another size, later in the stream, must not reach filters that trust the first frame's. */
function guardSize({ width, height }: FrameSize, filters: PlannedFilter[]): PlannedFilter[] {
  if (filters.length === 0) return [];
  const why =
    'does nothing as long as the size stays; should it change, what follows still gets this one, with another pixel aspect';
  return [{ filter: `scale=${width}:${height}:interl=-1`, why }];
}

/** ffmpeg does not turn frames by itself (`-noautorotate`): it would do so before they are deinterlaced. */
function turn(stream: VideoStream): PlannedFilter[] {
  const { rotationDegrees, isMirrored } = stream.orientation;
  const turns = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] };
  const filters = [...(isMirrored ? ['hflip'] : []), ...turns[rotationDegrees]];
  if (filters.length === 0) return [];
  // ffmpeg 7 hands on what frames carry.
  const filter = [...filters, 'sidedata=mode=delete:type=DISPLAYMATRIX'].join(',');
  return [{ filter, why: orientationWhy(stream) }];
}

/** Without presentation times a decoder gives each frame as late as it holds frames back. */
function beginOnTime({ startSeconds }: VideoStream, { zeroSeconds }: EncodePlan['timeline']): PlannedFilter {
  const offsetSeconds = Math.max(0, (startSeconds ?? zeroSeconds) - zeroSeconds);
  return {
    filter: `setpts=PTS-STARTPTS+${offsetSeconds.toFixed(6)}/TB`,
    why: 'packets have no presentation times: the first frame is put where the stream begins',
  };
}

/** Captions ride on frames: they survive where every frame does. */
function planClosedCaptions(
  stream: VideoStream,
  rate: PlannedVideo['frameRate'],
  preset: LadderPreset,
): PlannedVideo['closedCaptions'] {
  if (!stream.hasClosedCaptions) return { action: 'none', why: 'the video carries none' };
  const average = stream.averageFrameRate ? rationalValue(stream.averageFrameRate) : 0;
  const isSameRate = Math.abs(rationalValue(rate) / average - 1) < 0.01;
  if (!isSameRate)
    return { action: 'left-out', why: 'frames are dropped or repeated, captions would be garbled' };
  const others = preset.ladders.length > 1 ? '; HEVC and AV1 renditions are without' : '';
  return { action: 'kept-in-band', why: `CEA-608/708 stays inside the H.264 renditions${others}` };
}
