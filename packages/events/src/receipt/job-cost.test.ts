import { expect, it } from 'vitest';
import {
  additionalLaunch,
  after,
  billedTask,
  later,
  newJob,
  outputs,
  reason,
  services,
  started,
} from '../../test/job-steps.ts';
import { advanceJob } from '../advance-job.ts';
import { jobEventSchema } from '../job-event.ts';
import { type JobRecord, jobRecordSchema } from '../job-record.ts';
import type { JobStep } from '../job-step.ts';
import { jobCostOf } from './job-cost.ts';
import type { BilledTask } from './receipt.ts';

const billed = (changes: Partial<BilledTask> = {}): JobStep => ({
  ...{ kind: 'task-billed', task: { ...billedTask, ...changes }, services },
});
const publish: JobStep[] = [
  { kind: 'publication-chosen', token: 1 },
  { kind: 'published', token: 1, outputs },
];
const kindsOf = ({ owed }: JobRecord) => owed.map(({ kind }) => kind);

it('a job costs all of its tasks: earlier attempts, additional workers, on Spot and on demand', () => {
  const { attempt } = after(...started);
  const job = after(
    ...started,
    billed({ taskId: 'a', attempt, slot: 1, billedSeconds: 90, costUsd: 0.25 }),
    ...publish,
    billed({ taskId: 'b', attempt, capacity: 'on-demand', billedSeconds: 120, costUsd: 1 }),
  );
  expect(jobCostOf({ ...job, costEstimateUsd: 2 })).toEqual({
    ...{ estimateUsd: 2, computeUsd: 1.25, requestsUsd: 0.25, totalUsd: 1.5, storageUsdPerMonth: 0.125 },
    ...{ tasks: 2, taskSeconds: 210, spotSeconds: 90, isFinal: true },
  });
});

it('the end of a job is announced with what it has cost so far, and its full cost when its last task has stopped', () => {
  const { attempt } = after(...started);
  const over = after(...started, ...publish);
  expect(over.owed.at(-1)).toMatchObject({ kind: 'job-succeeded', cost: { totalUsd: 0, isFinal: false } });
  const step = billed({ attempt });
  const paid = advanceJob(over, step, later);
  if (paid.outcome === 'refused') expect.fail(paid.because);
  expect(paid.job.owed.at(-1)).toMatchObject({
    ...{ kind: 'job-billed', status: 'succeeded', outputs, cost: { totalUsd: 0.75, isFinal: true } },
    eventId: `${over.jobId}-${over.version + 1}`,
  });
  for (const event of paid.job.owed) jobEventSchema.parse(event);
  // The bill is no news of the job: it stays where it is in lists.
  expect(paid.job.updatedAt).toBe(over.updatedAt);
  // ECS delivers events more than once.
  expect(advanceJob(paid.job, step, later)).toMatchObject({ outcome: 'refused' });
});

it('is not final while an additional worker runs, and a task of an earlier attempt does not make it so', () => {
  const { attempt } = after(...started);
  const planned: JobStep = {
    ...{ kind: 'planned', attempt, planToken: 1, additionalWorkers: 1, costEstimateUsd: 1 },
  };
  const withWorker = after(...started, planned, {
    ...{ kind: 'additional-planned', launch: additionalLaunch(attempt, 1) },
  });
  const failed = [{ kind: 'failed', attempt, reason }, billed({ attempt })] satisfies JobStep[];
  const job = failed.reduce((current, step) => {
    const advance = advanceJob(current, step, later);
    return advance.outcome === 'moved' ? advance.job : expect.unreachable(advance.because);
  }, withWorker);
  expect(jobCostOf(job)?.isFinal).toBe(false);
  expect(kindsOf(job)).not.toContain('job-billed');
  const ended = advanceJob(job, { kind: 'additional-ended', slot: 1, taskArn: null, isWanted: false }, later);
  if (ended.outcome === 'refused') expect.fail(ended.because);
  expect(jobCostOf(ended.job)?.isFinal).toBe(true);
});

it('a record with very many tasks stays small and loses no cent', () => {
  let job = after(...started);
  for (let task = 0; task < 500; task += 1) {
    const advance = advanceJob(job, billed({ taskId: `task-${task}` }), later);
    if (advance.outcome === 'moved') job = advance.job;
  }
  expect(jobCostOf(job)).toMatchObject({
    tasks: 500,
    taskSeconds: 30_000,
    spotSeconds: 30_000,
    computeUsd: 250,
  });
  expect(JSON.stringify(job.receipt).length).toBeLessThan(8_000);
  jobRecordSchema.parse(job);
});

it('the record of a job that an earlier release admitted is read, and gets no receipt that its workers cannot read', () => {
  const { receipt: _receipt, ...old } = after(...started);
  const job = jobRecordSchema.parse(old);
  expect(jobCostOf(job)).toBeNull();
  expect(advanceJob(job, billed(), later)).toMatchObject({ outcome: 'refused' });
  const failed = advanceJob(job, { kind: 'failed', attempt: job.attempt, reason }, later);
  if (failed.outcome === 'refused') expect.fail(failed.because);
  expect(failed.job.owed.at(-1)).not.toHaveProperty('cost');
});

it('a refused upload has cost nothing', () => {
  const refused = { ...newJob(), status: 'failed' as const };
  expect(jobCostOf(refused)).toMatchObject({ totalUsd: 0, isFinal: true });
});
