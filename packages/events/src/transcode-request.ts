import { z } from 'zod';
import { jobIdSchema } from './upload.ts';

/**
 * What a worker is started with, in its environment as JSON. It names the job and nothing more: container overrides
 * are limited to 8,192 characters and everything else stands in the ledger.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html
 */
export const transcodeRequestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  jobId: jobIdSchema,
  /** Which launch of the job this is, from 1. A worker of an earlier launch can no longer decide anything. */
  attempt: z.int().positive(),
  /** Which of the job's equal workers this is, from 0. */
  slot: z.int().nonnegative(),
});
export type TranscodeRequest = z.infer<typeof transcodeRequestSchema>;

/** How a worker leaves; ECS reports it as the container's exit code. */
export const workerExitCode = {
  /** Nothing is left to do here: the job is over, or other workers have the rest. */
  done: 0,
  /** The request or the environment is wrong; starting again changes nothing. */
  misconfigured: 2,
  /** The attempt failed; the record says why and whether it may be tried again. */
  failed: 10,
  /** Told to stop by SIGTERM: claims are given back, the attempt is not charged. */
  interrupted: 20,
} as const;

/**
 * What a worker calls itself in the ledger: unlike any other process, even one that was started by the same request.
 * Without `instanceId`, what the names of all of a launch's processes begin with.
 */
export function workerOwner(
  { attempt, slot }: Pick<TranscodeRequest, 'attempt' | 'slot'>,
  instanceId = '',
): string {
  return `attempt-${attempt}-slot-${slot}-${instanceId}`;
}
