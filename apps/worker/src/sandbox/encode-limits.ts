import { type EncodePlan, estimateEncodeCpuSeconds } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { type ProcessLimits, processLimits } from './process-limits.ts';

/** The limits of a run of ffmpeg that encodes a source. */
export function encodeLimits({ job }: Pick<JobContext, 'job'>, plan: EncodePlan): ProcessLimits {
  return processLimits('encode', {
    sourceBytes: job.upload.sizeBytes,
    estimatedCpuSeconds: estimateEncodeCpuSeconds(plan),
  });
}
