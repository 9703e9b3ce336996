import { expect, it } from 'vitest';
import {
  additionalLaunch,
  advanced,
  after,
  billedTask,
  later,
  launch,
  newJob,
  outputs,
  planned,
  reason,
  services,
  started,
} from '../../test/job-steps.ts';
import { advanceJob } from '../advance-job.ts';
import { jobEventSchema } from '../job-event.ts';
import { admitJob, type JobRecord, jobRecordSchema } from '../job-record.ts';
import type { JobStep } from '../job-step.ts';
import { maxFailures } from '../retry-policy.ts';
import { jobCostOf } from './job-cost.ts';
import { type BilledTask, tasksToBill } from './receipt.ts';

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
    billed({ attempt, capacity: 'on-demand', billedSeconds: 120, costUsd: 1 }),
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
  const ended = advanced(job, { kind: 'additional-ended', slot: 1, taskArn: null, isWanted: false });
  expect(jobCostOf(ended)?.isFinal).toBe(true);
  expect(kindsOf(ended).filter((kind) => kind === 'job-billed')).toHaveLength(1);
});

it('a cancelled job has one final bill, after all tasks that were stopped with it, in whatever order they stop', () => {
  const tasks = ['1', '2', '3'];
  const running = [1, 2].reduce(
    (job, slot) =>
      [
        { kind: 'additional-planned', launch: additionalLaunch(1, slot) } as const,
        { kind: 'additional-started', slot, taskArn: `arn:task/cluster/task-${slot + 1}` } as const,
      ].reduce<JobRecord>(advanced, job),
    advanced(after(...started), planned(2)),
  );
  let job = advanced(running, { kind: 'cancelled', reason });
  for (const slot of [1, 2]) {
    const taskArn = `arn:task/cluster/task-${slot + 1}`;
    job = advanced(job, { kind: 'additional-ended', slot, taskArn, isWanted: false });
  }
  for (const task of tasks) {
    expect(jobCostOf(job)?.isFinal).toBe(false);
    expect(kindsOf(job)).not.toContain('job-billed');
    job = advanced(job, billed({ taskId: `task-${task}`, slot: Number(task) - 1 }));
  }
  expect(job.owed.filter(({ cost }) => cost?.isFinal)).toMatchObject([
    { kind: 'job-billed', status: 'cancelled', cost: { tasks: 3, computeUsd: 1.5 } },
  ]);
});

it('a job whose last launch started no task has a final bill with the tasks before', () => {
  const ends: JobStep[] = [
    { kind: 'attempt-ended', attempt: 1, end: 'failed', reason, largerSize: null },
    launch(2),
    { kind: 'launch-deferred', attempt: 2, reason, until: later, capacity: 'spot' },
    { kind: 'cancelled', reason },
  ];
  const billedFirst = after(...started, billed(), ...ends);
  expect(billedFirst.owed.at(-1)).toMatchObject({ kind: 'job-cancelled', cost: { isFinal: true, tasks: 1 } });
  const billedLast = after(...started, ...ends, billed());
  expect(billedLast.owed.slice(-2)).toMatchObject([
    { kind: 'job-cancelled', cost: { isFinal: false, tasks: 0 } },
    { kind: 'job-billed', cost: { isFinal: true, tasks: 1 } },
  ]);
  const refused: JobStep[] = Array.from({ length: maxFailures }, (_, index) => [
    launch(index + 1),
    { kind: 'attempt-ended', attempt: index + 1, end: 'start-failed', reason, largerSize: null } as const,
  ]).flat();
  expect(after(...refused).owed.at(-1)).toMatchObject({
    ...{ kind: 'job-failed', cost: { isFinal: true, totalUsd: 0 } },
  });
});

it('a task of an earlier attempt that still runs when the job is over keeps the bill open', () => {
  const job = after(
    ...started,
    { kind: 'attempt-ended', attempt: 1, end: 'failed', reason, largerSize: null },
    launch(2),
    { kind: 'task-started', attempt: 2, taskArn: 'arn:task/cluster/task-2' },
    { kind: 'work-started', attempt: 2 },
    ...publish,
    billed({ taskId: 'task-2', attempt: 2 }),
  );
  expect(jobCostOf(job)?.isFinal).toBe(false);
  expect(advanced(job, billed()).owed.at(-1)).toMatchObject({ kind: 'job-billed', cost: { tasks: 2 } });
});

it('a task is billed once, also if its stop is reported again after very many others', () => {
  const many = Array.from({ length: 30 }, (_, index) => `task-${index + 2}`);
  let job = advanced(after(...started), planned(30));
  for (const [index, taskId] of many.entries()) {
    const slot = index + 1;
    const taskArn = `arn:task/cluster/${taskId}`;
    for (const step of [
      { kind: 'additional-planned', launch: additionalLaunch(1, slot) },
      { kind: 'additional-started', slot, taskArn },
    ] satisfies JobStep[])
      job = advanced(job, step);
  }
  for (const taskId of many) job = advanced(job, billed({ taskId }));
  for (const taskId of many)
    expect(advanceJob(job, billed({ taskId }), later)).toMatchObject({ outcome: 'refused' });
  // The first of all is not billed yet, although so many are that not all are listed.
  expect(jobCostOf(advanced(job, billed()))).toMatchObject({ tasks: 31, computeUsd: 15.5 });
});

it('a task whose start was not recorded is billed, and changes a bill that was final', () => {
  const job = after(...started, billed(), ...publish);
  expect(job.owed.at(-1)).toMatchObject({ kind: 'job-succeeded', cost: { isFinal: true } });
  const found = advanced(job, billed({ taskId: 'unknown' }));
  expect(found.owed.at(-1)).toMatchObject({ kind: 'job-billed', cost: { isFinal: true, tasks: 2 } });
});

it('a task that ECS has forgotten leaves the bill open until a late event bills it', () => {
  const taskArn = 'arn:task/cluster/task-1';
  const forgotten = after(...started, ...publish, { kind: 'task-forgotten', taskArn });
  expect(jobCostOf(forgotten)).toMatchObject({ isFinal: false });
  expect(tasksToBill(forgotten)).toEqual([]);
  expect(advanceJob(forgotten, { kind: 'task-forgotten', taskArn }, later).outcome).toBe('refused');
  expect(advanced(forgotten, billed()).owed.at(-1)).toMatchObject({ kind: 'job-billed' });
});

it('a record with very many tasks stays small and loses no cent', () => {
  let job = after(...started, billed());
  for (let attempt = 2; attempt <= 500; attempt += 1) {
    const steps: JobStep[] = [
      { kind: 'attempt-ended', attempt: attempt - 1, end: 'not-started', reason, largerSize: null },
      launch(attempt),
      { kind: 'task-started', attempt, taskArn: `arn:task/cluster/task-${attempt}` },
      billed({ taskId: `task-${attempt}`, attempt }),
    ];
    job = steps.reduce(advanced, { ...job, owed: [] });
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
  const { owed } = admitJob({ ...newJob(), awaitsInspection: false, refusal: reason, at: later });
  expect(owed).toMatchObject([{ kind: 'job-failed', cost: { totalUsd: 0, isFinal: true } }]);
});
