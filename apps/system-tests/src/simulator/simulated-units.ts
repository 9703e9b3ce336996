import {
  audioUnitId,
  defaultLadderConfig,
  segmentFileName,
  videoUnitId,
  wholeVideoUnitId,
} from '@fyrestream/events';
import {
  type EncodePlan,
  planEncode,
  plannedRenditions,
  readSourceFacts,
  type TrackManifest,
} from '@fyrestream/media';
import type { GatheredTracks } from '@fyrestream/worker';
import type { Random } from './create-random.ts';

export const facts = readSourceFacts(
  {
    streams: [
      {
        index: 0,
        codec_type: 'video',
        codec_name: 'h264',
        width: 320,
        height: 240,
        sample_aspect_ratio: '1:1',
        r_frame_rate: '25/1',
        avg_frame_rate: '25/1',
        nb_frames: '300',
        field_order: 'progressive',
        pix_fmt: 'yuv420p',
        start_time: '0.000000',
        duration: '12.000000',
        bit_rate: '500000',
        disposition: { default: 1 },
      },
      {
        index: 1,
        codec_type: 'audio',
        codec_name: 'aac',
        channels: 2,
        channel_layout: 'stereo',
        sample_rate: '48000',
        start_time: '0.000000',
        duration: '12.000000',
        bit_rate: '128000',
        disposition: { default: 1 },
      },
    ],
    format: {
      format_name: 'mov,mp4,m4a,3gp,3g2,mj2',
      start_time: '0.000000',
      duration: '12.000000',
      size: '1',
    },
  },
  'mov',
);

const wholePlan = planEncode(facts, {}, defaultLadderConfig);
const durationTicks = 12_000;
/** Divide the duration without a rest. */
const videoUnitCounts = [1, 2, 3, 4, 6];
const maxMark = 1_000_000;

/** A plan with several video units. No two plans are the same: a retry plans other units of the same names. */
export function planSimulatedUnits(random: Random): EncodePlan {
  const count = random.pick(videoUnitCounts);
  const mark = random.between(1, maxMark);
  return {
    ...wholePlan,
    timeline: { ...wholePlan.timeline, why: String(mark) },
    units: [
      { id: audioUnitId, kind: 'audio', range: null },
      ...Array.from({ length: count }, (_, index) => ({
        id: videoUnitId(index + 1),
        kind: 'video' as const,
        range: null,
      })),
    ],
  };
}

/** What the simulated certificate says about a version: which units it was joined from, and by which plan each was made. */
export interface CertifiedUnits {
  readonly mark: number;
  readonly units: readonly { readonly unitId: string; readonly token: number }[];
  readonly marks: readonly number[];
  /** Of the plan. */
  readonly unitIds: readonly string[];
}

export function certifyUnits(plan: EncodePlan, { encoders, files }: GatheredTracks): CertifiedUnits {
  return {
    mark: markOf(plan),
    unitIds: plan.units.map(({ id }) => id),
    units: encoders.map(({ unitId, token }) => ({ unitId, token })),
    marks: files.flatMap(({ fileName, sizeBytes }) => (fileName.endsWith('.m4s') ? [sizeBytes] : [])),
  };
}

function markOf({ timeline }: EncodePlan): number {
  return Number(timeline.why);
}

/** One segment of each track of a unit. Its size is the mark of the plan. */
export function tracksOf(plan: EncodePlan, unitId: string): TrackManifest[] {
  const common = {
    version: 1 as const,
    timescale: 1_000,
    mediaTimeOffsetTicks: 0,
    language: null,
    init: { fileName: 'init.mp4', sizeBytes: 1, crc32: '00000000' },
    frameCount: 100,
  };
  if (unitId === audioUnitId) {
    return plan.audio.map(({ id, name }) => ({
      ...common,
      kind: 'audio',
      trackId: id,
      name,
      codec: 'mp4a.40.2',
      channels: 2,
      sampleRateHertz: 48_000,
      role: 'main',
      segments: [{ ...segmentOf(plan, 0, 1), gops: [] }],
    }));
  }
  const videoUnits = plan.units.filter(({ kind }) => kind === 'video');
  const isWhole = unitId === wholeVideoUnitId;
  const index = isWhole ? 0 : videoUnits.findIndex(({ id }) => id === unitId);
  const segment = segmentOf(plan, index, isWhole ? 1 : videoUnits.length);
  const gop = { startTicks: 0, offsetBytes: 0, keyFrameLengthBytes: 100, frameCount: 100, closed: true };
  return plannedRenditions(plan).map(({ id, width, height }) => ({
    ...common,
    kind: 'video',
    trackId: id,
    name: null,
    codec: 'avc1.42c015',
    width,
    height,
    sampleAspect: { numerator: 1, denominator: 1 },
    videoRange: 'SDR',
    segments: [{ ...segment, gops: [gop] }],
  }));
}

function segmentOf(plan: EncodePlan, index: number, count: number) {
  const ticks = durationTicks / count;
  return {
    fileName: segmentFileName(index + 1),
    sizeBytes: markOf(plan),
    startTicks: index * ticks,
    durationTicks: ticks,
    frameCount: 100,
  };
}
