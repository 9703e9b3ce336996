import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { admitInspected } from '../../test/admit-inspected.ts';
import { startJob } from '../../test/launched-job.ts';
import { openTestInvoker, someReason, type TestInvoker, uploadOf } from '../../test/open-test-invoker.ts';
import { createIsolation } from '../isolate-failures.ts';
import { reconcileJob } from '../reconcile-job.ts';
import { stopForgottenTasks } from './stop-forgotten-tasks.ts';

const minute = 60;
const taskArn = 'arn:aws:ecs:us-east-1:000000000000:task/cluster/forgotten';

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker();
});
afterEach(() => invoker.close());

/** ECS runs a task that was started for a job. */
function ecsRuns(startedBy: string | null, arn = taskArn): void {
  invoker.runningTasks.push({ taskArn: arn, startedBy, createdAt: invoker.table.clock.now() });
}

async function stopsAfter(minutes: number): Promise<string[]> {
  invoker.table.clock.advance(minutes * minute);
  const { isolate, failures } = createIsolation(invoker.dependencies.log);
  await stopForgottenTasks(invoker.dependencies, isolate);
  expect(failures).toEqual([]);
  return invoker.stopCalls.map((call) => `${call.taskArn}: ${call.reason}`);
}

describe('a task that runs without end', () => {
  it('is stopped if no record has it, though its job runs', async () => {
    const { job } = await startJob(invoker, 'a.mov');
    ecsRuns(job.jobId);
    expect(await stopsAfter(19)).toEqual([]);
    expect(await stopsAfter(2)).toEqual([`${taskArn}: The record of the job does not have this task.`]);
  });

  it('is stopped if its worker hangs after the end of its job', async () => {
    const { job, taskArn: leading } = await startJob(invoker, 'a.mov');
    ecsRuns(job.jobId, leading);
    invoker.table.clock.advance(30 * minute);
    await invoker.ledger.advance(job.jobId, { kind: 'failed', attempt: 1, reason: someReason });
    expect(await stopsAfter(9)).toEqual([]);
    expect(await stopsAfter(2)).toEqual([`${leading}: The job is failed.`]);
  });

  it('is stopped if its job has no record', async () => {
    ecsRuns('djfhw6se4iflxitumrrpudktq2');
    expect(await stopsAfter(21)).toEqual([`${taskArn}: Its job has no record.`]);
  });

  it('is left alone if the answer to its launch is not recorded yet', async () => {
    const launcher = {
      ...invoker.dependencies.launcher,
      launch: () => Promise.reject(new TypeError('The answer was lost.')),
    };
    const job = await admitInspected(invoker.dependencies, uploadOf('videos/a.mov'));
    await expect(reconcileJob(invoker.with({ launcher }), job)).rejects.toThrow('was lost');
    ecsRuns(job.jobId);
    expect(await stopsAfter(60)).toEqual([]);
  });

  it('is left alone if Fyrestream did not start it', async () => {
    ecsRuns(null);
    ecsRuns('an-operator');
    expect(await stopsAfter(600)).toEqual([]);
  });
});
