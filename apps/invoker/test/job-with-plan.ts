import type { JobRecord } from '@fyrestream/events';
import { startJob } from './launched-job.ts';
import type { TestInvoker } from './open-test-invoker.ts';

/** A running job whose plan wants workers beside the leading one. */
export async function startJobWithPlan(
  invoker: TestInvoker,
  name: string,
  additionalWorkers: number,
): Promise<{ job: JobRecord; taskArn: string }> {
  const { job, taskArn } = await startJob(invoker, name);
  const planned = await invoker.ledger.advance(job.jobId, {
    ...{ kind: 'planned', attempt: 1, planToken: 1, additionalWorkers, costEstimateUsd: 0.02 },
  });
  return { job: planned.job, taskArn };
}
