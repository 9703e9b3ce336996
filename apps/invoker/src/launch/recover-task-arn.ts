import type { JobRecord } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';

/**
 * Finds the task of a launch that has no task in its record: the invoker stopped before it could record the answer of ECS.
 * Sent again with the same client token, the launch starts nothing, and ECS answers with the task of the first call.
 * @returns the job with the ARN of its task; unchanged if ECS does not answer with a task now
 */
export async function recoverTaskArn(
  { ledger, launcher }: InvokerDependencies,
  job: JobRecord,
): Promise<JobRecord> {
  if (job.launch === null || job.launch.taskArn !== null) return job;
  const { attempt, request } = job.launch;
  const result = await launcher.launch(request);
  if (result.outcome !== 'started') return job;
  return (await ledger.advance(job.jobId, { kind: 'task-started', attempt, taskArn: result.taskArn })).job;
}
