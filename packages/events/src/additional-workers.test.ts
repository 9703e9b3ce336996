import { describe, expect, it } from 'vitest';
import {
  additionalLaunch,
  advanced,
  after,
  jobs,
  later,
  planned,
  reason,
  started,
} from '../test/job-steps.ts';
import { acceptingStatuses, advanceJob } from './advance-job.ts';
import type { JobStatus } from './job-event.ts';
import { jobRecordSchema } from './job-record.ts';

describe('additional workers of a job', () => {
  it('are absent in records of earlier releases, which are read', () => {
    expect(jobRecordSchema.parse(jobs.running)).toEqual(jobs.running);
    expect(jobs.running).not.toHaveProperty('additional');
  });

  it('gives each additional worker a slot of its own, and no more of them than the plan wants', () => {
    const first = additionalLaunch(1, 1);
    const job = after(...started, planned(2), { kind: 'additional-planned', launch: first });
    // Two invokers launch at the same time.
    expect(advanceJob(job, { kind: 'additional-planned', launch: first }, later).outcome).toBe('refused');
    const both = advanced(job, { kind: 'additional-planned', launch: additionalLaunch(1, 2) });
    expect(both.additional?.launches.map(({ slot }) => slot)).toEqual([1, 2]);
    const third = { kind: 'additional-planned', launch: additionalLaunch(1, 3) } as const;
    expect(advanceJob(both, third, later).outcome).toBe('refused');
    const freed = advanced(both, { kind: 'additional-ended', slot: 1, taskArn: null, isWanted: true });
    expect(advanced(freed, third).additional?.launches.map(({ slot }) => slot)).toEqual([2, 3]);
  });

  it('an additional worker that ends changes neither attempt nor counts, and only an interrupted one is replaced', () => {
    const job = after(...started, planned(1), {
      kind: 'additional-planned',
      launch: additionalLaunch(1, 1),
    });
    const running = advanced(job, { kind: 'additional-started', slot: 1, taskArn: 'arn:3' });
    const untaken = { kind: 'additional-ended', slot: 1, taskArn: null, isWanted: false } as const;
    expect(advanceJob(running, untaken, later).outcome).toBe('refused');
    const ended = advanced(running, { ...untaken, taskArn: 'arn:3' });
    const { status, attempt, launch: leading, failureCount, interruptionCount } = job;
    expect(ended).toMatchObject({
      ...{ status, attempt, launch: leading, failureCount, interruptionCount },
      additional: { wanted: 0, launches: [] },
    });
    expect(
      advanceJob(ended, { kind: 'additional-ended', slot: 1, taskArn: null, isWanted: false }, later).outcome,
    ).toBe('refused');
    const interrupted = advanced(running, {
      kind: 'additional-ended',
      slot: 1,
      taskArn: 'arn:3',
      isWanted: true,
    });
    expect(interrupted.additional).toMatchObject({ wanted: 1, launches: [] });
  });

  it('additional workers that come and go do not hide that the leading worker is silent', () => {
    const job = after(...started, planned(1));
    const evenLater = '2026-01-01T00:20:00.000Z';
    const launched = advanceJob(
      job,
      { kind: 'additional-planned', launch: additionalLaunch(1, 1) },
      evenLater,
    );
    expect(launched).toMatchObject({ outcome: 'moved', job: { updatedAt: job.updatedAt } });
  });

  it('records a plan once, and a retry wants no additional workers before it has planned again', () => {
    const job = after(...started, planned(2), { kind: 'additional-planned', launch: additionalLaunch(1, 1) });
    expect(job.costEstimateUsd).toBe(0.5);
    expect(advanceJob(job, planned(2), later).outcome).toBe('refused');
    const failed = advanced(job, { kind: 'failed', attempt: 1, reason });
    const retried = advanced(failed, { kind: 'retried' });
    expect(retried.additional).toMatchObject({ wanted: 0, lastSlot: 1, launches: [{ slot: 1 }] });
  });

  it.each(Object.keys(jobs) as JobStatus[])(
    'a job that is %s gives the places of its workers back',
    (status) => {
      const { additional } = after(...started, planned(1), {
        kind: 'additional-planned',
        launch: additionalLaunch(1, 1),
      });
      const job = { ...jobs[status], ...(additional && { additional }) };
      const ended = advanced(job, { kind: 'additional-ended', slot: 1, taskArn: null, isWanted: true });
      expect(ended).toMatchObject({ status, additional: { launches: [] } });
    },
  );

  it('launches no additional worker for a job that does not run', () => {
    const step = { kind: 'additional-planned', launch: additionalLaunch(1, 1) } as const;
    const interrupted = after(...started, planned(1), {
      ...{ kind: 'attempt-ended', attempt: 1, end: 'interrupted', reason, largerSize: null },
    });
    expect(advanceJob(interrupted, step, later).outcome).toBe('refused');
    expect(acceptingStatuses['additional-planned']).toEqual(['running']);
  });
});
