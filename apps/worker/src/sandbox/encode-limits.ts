import { type EncodePlan, type EncodeWork, estimateCpuSeconds, workOfPlan } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { type ProcessLimits, processLimits } from './process-limits.ts';

/** The estimate is for usual codecs: the slowest decoders and filters take this long. */
const slowSourceCpuSecondsPerMegapixel = 0.1;
/** Of a channel of prepared audio: 48 kHz, 16 bits. Tracks go through sockets. */
const preparedBytesPerSecond = 48_000 * 2;

/** The limits of a run of ffmpeg that encodes a source. */
export function encodeLimits({ job }: Pick<JobContext, 'job'>, plan: EncodePlan): ProcessLimits {
  const work = workOfPlan(plan, job.upload);
  const channels = plan.audio.reduce((sum, track) => sum + track.channels, 0);
  return processLimits('encode', {
    sourceBytes: job.upload.sizeBytes,
    expectedFileBytes: channels * (plan.durationSeconds ?? 0) * preparedBytesPerSecond,
    estimatedCpuSeconds: estimateCpuSeconds(work) + slowSourceCpuSeconds(work),
  });
}

function slowSourceCpuSeconds({ sourceSize, sourceFrames }: EncodeWork): number {
  if (sourceSize === null) return 0;
  return (sourceFrames * sourceSize.width * sourceSize.height * slowSourceCpuSecondsPerMegapixel) / 1e6;
}
