import { type EncodePlan, estimateEncodeCpuSeconds } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { type ProcessLimits, processLimits } from './process-limits.ts';

/** Prepared audio: 48 kHz, 16 bits, stereo. Tracks go through sockets. */
const preparedBytesPerSecond = 48_000 * 2 * 2;

/** The limits of a run of ffmpeg that encodes a source. */
export function encodeLimits({ job }: Pick<JobContext, 'job'>, plan: EncodePlan): ProcessLimits {
  return processLimits('encode', {
    sourceBytes: job.upload.sizeBytes,
    expectedFileBytes: plan.audio.length * (plan.durationSeconds ?? 0) * preparedBytesPerSecond,
    estimatedCpuSeconds: estimateEncodeCpuSeconds(plan),
  });
}
