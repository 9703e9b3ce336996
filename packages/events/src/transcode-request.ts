import { z } from 'zod';
import { jobIdSchema } from './upload.ts';

/**
 * The request that a worker gets in its environment as JSON. It contains only ids: container overrides are limited to
 * 8,192 characters, and everything else is in the ledger.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html
 */
export const transcodeRequestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  jobId: jobIdSchema,
  /** Number of the job's launch, from 1. Steps of a worker of an earlier launch are refused. */
  attempt: z.int().positive(),
  /** Number of the worker among the job's equal workers, from 0. */
  slot: z.int().nonnegative(),
});
export type TranscodeRequest = z.infer<typeof transcodeRequestSchema>;

/** Exit codes of the worker; ECS reports them as the container's exit code. */
export const workerExitCode = {
  /** No work is left for this worker: the job is over, or other workers hold the remaining units. */
  done: 0,
  /** The request or the environment is wrong; a restart does not help. */
  misconfigured: 2,
  /** The attempt failed; the record has the reason and whether it can be retried. */
  failed: 10,
  /** Stopped by SIGTERM: claims are released, and the attempt does not count as failed. */
  interrupted: 20,
} as const;

/**
 * The name of a worker process in the ledger: different for each process, even if the same request started both.
 * Without `instanceId`, the common prefix of the names of one launch.
 */
export function claimOwner(
  { attempt, slot }: Pick<TranscodeRequest, 'attempt' | 'slot'>,
  instanceId = '',
): string {
  return `attempt-${attempt}-slot-${slot}-${instanceId}`;
}
