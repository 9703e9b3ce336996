import { defaultLadderConfig, FyrestreamError, stableKey, versionPrefix } from '@fyrestream/events';
import { planEncode, plannedRenditions, readSourceFacts, type TrackManifest } from '@fyrestream/media';
import type { MediaStages } from '@fyrestream/worker';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Simulation } from './simulation.ts';
import type { UploadContent } from './upload-content.ts';

/** Failures that a later attempt may not meet; the last two need a larger task. */
const temporaryFailures = ['ffmpeg-failed', 'ffmpeg-crashed', 'ffmpeg-killed', 'disk-full'];

const delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
const facts = readSourceFacts(
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
        nb_frames: '100',
        field_order: 'progressive',
        pix_fmt: 'yuv420p',
        start_time: '0.000000',
        duration: '4.000000',
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
        duration: '4.000000',
        bit_rate: '128000',
        disposition: { default: 1 },
      },
    ],
    format: {
      format_name: 'mov,mp4,m4a,3gp,3g2,mj2',
      start_time: '0.000000',
      duration: '4.000000',
      size: '1',
    },
  },
  'mov',
);
const plan = planEncode(facts, {}, defaultLadderConfig);

/**
 * Media stages that take time and may fail, but encode nothing. Their results have the shape of the real ones; where
 * they are stored and which of them is published is decided by the real worker.
 */
export function createSimulatedMedia(
  { random, faults }: Simulation,
  process: SimulatedProcess,
  contentOf: (key: string, versionId: string | null) => UploadContent,
): MediaStages {
  const spend = async (seconds: number, signal: AbortSignal) => {
    await process.sleep(seconds * 1_000 * random.next(), signal);
    if (random.chance(faults.rates.mediaFailure)) throw failure(random.pick(temporaryFailures), true);
  };
  return {
    async makePlan(context, { signal }) {
      await context.source.fetch(signal);
      await spend(5, signal);
      return { facts, plan };
    },
    async encodeTracks(context, _plan, claim) {
      const { key, versionId } = context.job.upload;
      const content = contentOf(key, versionId);
      await context.source.fetch(claim.signal);
      await spend(content === 'long' ? 150 : 15, claim.signal);
      if (content === 'undecodable') throw failure('video-not-decodable', false);
      if (content === 'always-failing') throw failure('ffmpeg-failed', true);
      claim.reportProgress(0.5);
      return { contents: { tracks: tracksOf(claim.unitId), subtitles: [] }, inexactBecause: null };
    },
    async buildVersion(context, _stored, _tracks, claim) {
      const { upload, jobId } = context.job;
      const prefix = versionPrefix(jobId, claim.token);
      await spend(5, claim.signal);
      for (const [name, body] of [
        ['poster.jpg', jpegOf(`video of ${upload.etag}`)],
        ['certificate.json', '{}'],
      ] as const) {
        await context.store.put(
          { bucket: context.settings.outputBucket, key: prefix + name },
          body,
          delivery,
        );
      }
      return {
        prefix,
        masterKey: stableKey(upload.key, 'master.m3u8'),
        manifestKey: stableKey(upload.key, 'manifest.mpd'),
        posterKey: stableKey(upload.key, 'poster.jpg'),
        certificateKey: `${prefix}certificate.json`,
        damage: null,
        leftOut: [],
        durationSeconds: 4,
        renditions: [
          {
            name: 'h264-240',
            kind: 'video',
            codec: 'avc1.42c015',
            width: 320,
            height: 240,
            averageBitrateBitsPerSecond: 100_000,
            sizeBytes: 1,
            fileKey: null,
          },
        ],
      };
    },
  };
}

function tracksOf(unitId: string): TrackManifest[] {
  const common = {
    version: 1 as const,
    timescale: 1_000,
    mediaTimeOffsetTicks: 0,
    language: null,
    init: { fileName: 'init.mp4', sizeBytes: 1, crc32: '00000000' },
    frameCount: 100,
  };
  const segment = {
    fileName: 'segment_00001.m4s',
    sizeBytes: 1_000,
    startTicks: 0,
    durationTicks: 4_000,
    frameCount: 100,
  };
  if (unitId === 'audio') {
    return plan.audio.map(({ id, name }) => ({
      ...common,
      kind: 'audio',
      trackId: id,
      name,
      codec: 'mp4a.40.2',
      channels: 2,
      sampleRateHertz: 48_000,
      role: 'main',
      segments: [{ ...segment, gops: [] }],
    }));
  }
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

/** A JPEG reduced to its first marker and a text. */
function jpegOf(text: string): Uint8Array {
  return Buffer.from(`\xff\xd8${text}`, 'latin1');
}

function failure(code: string, retryable: boolean): FyrestreamError {
  return new FyrestreamError({ code, message: `${code} (simulated).`, retryable });
}
