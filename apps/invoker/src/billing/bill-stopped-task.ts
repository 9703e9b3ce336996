import type { JobRecord, StoppedTask } from '@fyrestream/events';
import { billServices, billTask } from '@fyrestream/media';
import type { InvokerDependencies } from '../invoker-dependencies.ts';

/** Adds a stopped task to the receipt of its job, once. @returns the current job */
export async function billStoppedTask(
  { ledger, prices }: InvokerDependencies,
  job: JobRecord,
  { taskArn, usage }: StoppedTask,
): Promise<JobRecord> {
  if (job.receipt === undefined) return job;
  if (usage === undefined) return (await ledger.advance(job.jobId, { kind: 'task-forgotten', taskArn })).job;
  const task = billTask(taskArn, usage, prices);
  const services = billServices(await ledger.listUnits(job.jobId), job.outputs);
  return (await ledger.advance(job.jobId, { kind: 'task-billed', task, services })).job;
}
