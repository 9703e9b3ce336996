import { audioUnitId, FyrestreamError, stableKey, versionPrefix, wholeVideoUnitId } from '@fyrestream/events';
import type { MediaStages } from '@fyrestream/worker';
import type { SimulatedProcess } from './simulated-process.ts';
import { certifyUnits, facts, planSimulatedUnits, tracksOf } from './simulated-units.ts';
import type { Simulation } from './simulation.ts';
import type { UploadContent } from './upload-content.ts';

/** Failures that a later attempt may not meet; the last two need a larger task. */
const temporaryFailures = ['ffmpeg-failed', 'ffmpeg-crashed', 'ffmpeg-killed', 'disk-full'];

const delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
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
    if (!random.chance(faults.rates.mediaFailure)) return;
    process.noteFailure();
    throw failure(random.pick(temporaryFailures), true);
  };
  return {
    async makePlan(context, { signal }) {
      await context.source.fetch(signal);
      await spend(5, signal);
      return { facts, plan: planSimulatedUnits(random) };
    },
    async encodeTracks(context, plan, claim) {
      const { key, versionId } = context.job.upload;
      const content = contentOf(key, versionId);
      await context.source.fetch(claim.signal);
      await spend(content === 'long' ? 150 : 40, claim.signal);
      if (content === 'undecodable') throw failure('video-not-decodable', false);
      if (content === 'always-failing') throw failure('ffmpeg-failed', true);
      claim.meter.report(0.5);
      const { unitId } = claim;
      const isPart = unitId !== audioUnitId && unitId !== wholeVideoUnitId;
      const isInexact = isPart && random.chance(faults.rates.inexactUnit);
      return {
        contents: { tracks: tracksOf(plan, unitId), subtitles: [] },
        inexactBecause: isInexact ? 'It has other frames than its part of the source.' : null,
      };
    },
    async verifyUnit(_context, _plan, _encode, { signal }) {
      await spend(5, signal);
      return [];
    },
    async buildVersion(context, { plan }, tracks, claim) {
      const { upload, jobId } = context.job;
      const prefix = versionPrefix(jobId, claim.token);
      await spend(5, claim.signal);
      for (const [name, body] of [
        ['poster.jpg', jpegOf(`video of ${upload.etag}`)],
        ['certificate.json', JSON.stringify(certifyUnits(plan, tracks))],
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

/** A JPEG reduced to its first marker and a text. */
function jpegOf(text: string): Uint8Array {
  return Buffer.from(`\xff\xd8${text}`, 'latin1');
}

function failure(code: string, retryable: boolean): FyrestreamError {
  return new FyrestreamError({ code, message: `${code} (simulated).`, retryable });
}
