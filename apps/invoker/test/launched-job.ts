import { type JobRecord, jobIdOf } from '@fyrestream/events';
import { reconcileJob } from '../src/reconcile-job.ts';
import { admitInspected } from './admit-inspected.ts';
import { type TestInvoker, uploadOf } from './open-test-invoker.ts';

/** Admits an upload and launches its first task. @returns the job with the ARN of the task */
export async function launchJob(
  invoker: TestInvoker,
  name: string,
): Promise<{ job: JobRecord; taskArn: string }> {
  const upload = uploadOf(`videos/${name}`);
  await reconcileJob(invoker.dependencies, await admitInspected(invoker.dependencies, upload));
  const job = await invoker.ledger.readJob(jobIdOf(upload));
  const taskArn = job?.launch?.taskArn;
  if (!job || !taskArn) throw new TypeError(`${name} was not launched`);
  return { job, taskArn };
}

/** The same, and its worker has started. */
export async function startJob(invoker: TestInvoker, name: string) {
  const { job, taskArn } = await launchJob(invoker, name);
  const started = await invoker.ledger.advance(job.jobId, { kind: 'work-started', attempt: 1 });
  return { job: started.job, taskArn };
}
