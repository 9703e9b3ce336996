import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  additionalLaunch,
  after,
  at,
  billedTask,
  jobs,
  later,
  launch,
  newJob,
  outputs,
  reason,
  services,
  size,
  started,
} from '../test/job-steps.ts';
import { advanceJob } from './advance-job.ts';
import type { JobStatus } from './job-event.ts';
import { admitJob, type JobRecord, jobRecordSchema, waitsForPlace } from './job-record.ts';
import type { JobStep } from './job-step.ts';
import { maxFailures } from './retry-policy.ts';
import { lineEntryOf } from './scheduling/line-entry.ts';

const awaitingInspection = admitJob({ ...newJob(), awaitsInspection: true, refusal: null, at });
const inspected = { kind: 'inspected', size, costEstimateUsd: 0.5, making: null, refusal: null } as const;

const steps: Record<JobStep['kind'], (job: JobRecord) => JobStep> = {
  inspected: () => inspected,
  'launch-planned': (job) => launch(job.attempt + 1),
  'task-started': (job) => ({ kind: 'task-started', attempt: job.attempt, taskArn: 'arn:2' }),
  'launch-deferred': (job) => ({
    kind: 'launch-deferred',
    attempt: job.attempt,
    reason,
    until: later,
    capacity: 'on-demand',
  }),
  'place-awaited': (job) => ({ kind: 'place-awaited', attempt: job.attempt, reason, capacity: 'spot' }),
  'work-started': (job) => ({ kind: 'work-started', attempt: job.attempt }),
  'attempt-ended': (job) => ({
    kind: 'attempt-ended',
    attempt: job.attempt,
    end: 'failed',
    reason,
    largerSize: null,
  }),
  'publication-chosen': () => ({ kind: 'publication-chosen', token: 2 }),
  published: () => ({ kind: 'published', token: 2, outputs }),
  failed: (job) => ({ kind: 'failed', attempt: job.attempt, reason }),
  held: () => ({ kind: 'held', reason }),
  'held-by-worker': (job) => ({
    kind: 'held-by-worker',
    attempt: job.attempt,
    reason,
    costEstimateUsd: 99,
  }),
  released: () => ({ kind: 'released' }),
  cancelled: () => ({ kind: 'cancelled', reason }),
  superseded: () => ({ kind: 'superseded', reason }),
  overtaken: () => ({ kind: 'overtaken', token: 2, reason }),
  retried: () => ({ kind: 'retried' }),
  'task-billed': ({ version }) => ({
    ...{ kind: 'task-billed', task: { ...billedTask, taskId: `task-${version}` }, services },
  }),
  'task-forgotten': () => ({ kind: 'task-forgotten', taskArn: 'arn:task/cluster/task-1' }),
  announced: (job) => ({ kind: 'announced', eventIds: job.owed.map((event) => event.eventId) }),
  planned: ({ attempt, version }) => ({
    ...{ kind: 'planned', attempt, planToken: version, additionalWorkers: 2, costEstimateUsd: 0.5 },
  }),
  'additional-planned': ({ attempt, additional }) => ({
    kind: 'additional-planned',
    launch: additionalLaunch(attempt, (additional?.lastSlot ?? 0) + 1),
  }),
  'additional-started': ({ additional }) => ({
    ...{ kind: 'additional-started', slot: additional?.lastSlot ?? 0, taskArn: 'arn:3' },
  }),
  'additional-ended': ({ additional }) => ({
    ...{ kind: 'additional-ended', slot: additional?.lastSlot ?? 0, taskArn: null, isWanted: true },
  }),
};

const legal: Record<JobStatus, JobStep['kind'][]> = {
  queued: [
    ...(['launch-planned', 'launch-deferred', 'place-awaited', 'failed', 'held'] as const),
    ...(['cancelled', 'superseded', 'announced', 'task-billed'] as const),
  ],
  running: [
    'attempt-ended',
    'held-by-worker',
    'publication-chosen',
    'failed',
    'cancelled',
    'superseded',
    'announced',
    'task-billed',
    'task-forgotten',
    'planned',
  ],
  succeeded: ['announced', 'task-billed', 'task-forgotten'],
  failed: ['retried', 'announced', 'task-billed'],
  held: ['released', 'cancelled', 'superseded', 'announced', 'task-billed'],
  cancelled: ['retried', 'announced', 'task-billed'],
};

function advanceAll(job: JobRecord, sequence: readonly JobStep[]): JobRecord {
  return sequence.reduce((current, step) => {
    const advance = advanceJob(current, step, later);
    return advance.outcome === 'moved' ? advance.job : expect.unreachable(advance.because);
  }, job);
}

describe('advanceJob', () => {
  const everyMove = (Object.keys(jobs) as JobStatus[]).flatMap((status) =>
    (Object.keys(steps) as JobStep['kind'][]).map((kind) => ({ status, kind })),
  );

  it.each(everyMove)('a job that is $status and $kind', ({ status, kind }) => {
    const job = jobs[status];
    const advance = advanceJob(job, steps[kind](job), later);
    expect(advance.outcome).toBe(legal[status].includes(kind) ? 'moved' : 'refused');
  });

  it('is launched after its upload was inspected, once, and not before', () => {
    expect(advanceJob(awaitingInspection, launch(1), later).outcome).toBe('refused');
    const advance = advanceJob(awaitingInspection, inspected, later);
    if (advance.outcome === 'refused') expect.fail(advance.because);
    expect(advance.job).toMatchObject({ status: 'queued', costEstimateUsd: 0.5, version: 2 });
    expect(Object.keys(advance.job)).not.toContain('awaitsInspection');
    expect(advanceJob(advance.job, inspected, later).outcome).toBe('refused');
    expect(advanceJob(advance.job, launch(1), later).outcome).toBe('moved');
  });

  it('fails when the inspection shows no media', () => {
    const refused = advanceJob(awaitingInspection, { ...inspected, refusal: reason }, later);
    expect(refused).toMatchObject({
      job: { status: 'failed', reason, nextAttemptAt: null, finishedAt: later },
    });
  });

  it('keeps how its upload is made, whose label comes back in its events and whose priority decides its place', () => {
    const options = { label: 'order 7' };
    const making = { profile: 'mobile', options, from: 'sidecar', priority: 'bulk' } as const;
    const job = advanceAll(awaitingInspection, [
      { ...inspected, making },
      { kind: 'cancelled', reason },
    ]);
    expect(jobRecordSchema.parse(job).making).toEqual(making);
    expect(job.owed.map(({ kind, label }) => [kind, label])).toEqual([
      ['job-queued', undefined],
      ['job-cancelled', 'order 7'],
    ]);
    expect(lineEntryOf(job, { 'a.mov': 'urgent' }).priority).toBe('bulk');
    expect(lineEntryOf(awaitingInspection, { 'a.mov': 'urgent' }).priority).toBe('urgent');
  });

  it('is inspected again when it is retried before its first launch, or after its profile was missing', () => {
    const retried = { kind: 'retried' } as const;
    const refusal = { ...reason, code: 'options-invalid' };
    expect(advanceAll(awaitingInspection, [{ ...inspected, refusal }, retried])).toMatchObject({
      ...{ status: 'queued', awaitsInspection: true, nextAttemptAt: later },
    });
    const launched = advanceAll(awaitingInspection, [inspected, launch(1)]);
    const failedBy = (code: string): JobStep => ({ kind: 'failed', attempt: 1, reason: { ...reason, code } });
    expect(advanceAll(launched, [failedBy('profile-unknown'), retried]).awaitsInspection).toBe(true);
    expect(advanceAll(launched, [failedBy('unreadable-media'), retried])).not.toHaveProperty(
      'awaitsInspection',
    );
  });

  it('a job that its worker holds frees its place, keeps the new estimate, and runs again when it is released', () => {
    const held = after(...started, { kind: 'held-by-worker', attempt: 1, reason, costEstimateUsd: 99 });
    expect(held).toMatchObject({ status: 'held', launch: null, costEstimateUsd: 99, failureCount: 0 });
    const released = advanceJob(held, { kind: 'released' }, later);
    expect(released).toMatchObject({ job: { status: 'queued', costAccepted: true, attempt: 1 } });
  });

  it('refuses steps of an attempt that is over', () => {
    const job = after(
      ...started,
      { kind: 'attempt-ended', attempt: 1, end: 'interrupted', reason, largerSize: null },
      launch(2),
      { kind: 'work-started', attempt: 2 },
    );
    expect(advanceJob(job, { kind: 'failed', attempt: 1, reason }, later)).toMatchObject({
      outcome: 'refused',
      because: 'attempt 1 is over, the job is at attempt 2',
    });
  });

  it('gives the reason why a step is refused', () => {
    expect(advanceJob(jobs.succeeded, { kind: 'cancelled', reason }, later)).toEqual({
      outcome: 'refused',
      because: 'it is succeeded, not queued or running or held',
    });
  });

  it('refuses to start work for a launch that has ended', () => {
    const deferred = after(launch(1), {
      kind: 'launch-deferred',
      attempt: 1,
      reason,
      until: later,
      capacity: 'on-demand',
    });
    expect(deferred).toMatchObject({ capacity: 'on-demand', waitCount: 1, launch: null });
    expect(advanceJob(deferred, { kind: 'work-started', attempt: 1 }, later).outcome).toBe('refused');
  });

  it('waits in line without a time of its next launch, which a place gives it', () => {
    const inLine = after({ kind: 'place-awaited', attempt: 0, reason, capacity: 'spot' });
    expect(inLine).toMatchObject({ status: 'queued', launch: null, nextAttemptAt: null, waitCount: 0 });
    expect(waitsForPlace(inLine)).toBe(true);
    expect(waitsForPlace(after(launch(1)))).toBe(false);
    expect(waitsForPlace(awaitingInspection)).toBe(false);
  });

  it('does not count interruptions as failures, and uses on-demand capacity after the second', () => {
    let job = newJob();
    for (const attempt of [1, 2]) {
      for (const step of [
        launch(attempt),
        { kind: 'attempt-ended', attempt, end: 'interrupted', reason, largerSize: null },
      ] as JobStep[]) {
        const advance = advanceJob(job, step, later);
        if (advance.outcome === 'moved') job = advance.job;
      }
    }
    expect(job).toMatchObject({
      status: 'queued',
      failureCount: 0,
      interruptionCount: 2,
      capacity: 'on-demand',
    });
  });

  it('F29 fails the job after the last failed attempt, with its reason', () => {
    let job = newJob();
    for (let attempt = 1; attempt <= maxFailures; attempt++) {
      for (const step of [
        launch(attempt),
        { kind: 'attempt-ended', attempt, end: 'failed', reason, largerSize: null },
      ] as JobStep[]) {
        const advance = advanceJob(job, step, later);
        if (advance.outcome === 'moved') job = advance.job;
      }
    }
    expect(job).toMatchObject({ status: 'failed', reason: { code: 'some-reason', retryable: false } });
  });

  it('waits longer after each attempt that a service hindered, and does not count it as a failure', () => {
    let job = newJob();
    const waits: number[] = [];
    for (let attempt = 1; job.status === 'queued'; attempt++) {
      for (const step of [
        launch(attempt),
        { kind: 'attempt-ended', attempt, end: 'hindered', reason, largerSize: null },
      ] as JobStep[]) {
        const advance = advanceJob(job, step, later);
        if (advance.outcome === 'moved') job = advance.job;
      }
      waits.push((Date.parse(job.nextAttemptAt ?? later) - Date.parse(later)) / 1_000);
    }
    expect(waits.slice(0, 5)).toEqual([30, 120, 480, 900, 900]);
    // Several hours; then the job fails with the reason.
    expect(waits).toHaveLength(20);
    expect(job).toMatchObject({
      status: 'failed',
      failureCount: 0,
      capacity: 'spot',
      reason: { code: reason.code },
    });
  });

  it('F16 waits without limit while AWS does not start its task, and counts no attempt', () => {
    const block = { ...reason, code: 'registry-unavailable' };
    let job = newJob();
    for (let attempt = 1; attempt <= 100; attempt++) {
      job = advanceAll(job, [
        launch(attempt),
        { kind: 'task-started', attempt, taskArn: `arn:${attempt}` },
        { kind: 'attempt-ended', attempt, end: 'not-started', reason: block, largerSize: null },
      ]);
    }
    expect(job).toMatchObject({
      ...{ status: 'queued', failureCount: 0, interruptionCount: 0, waitCount: 100, capacity: 'spot' },
      ...{ reason: block, launchBlockedSince: later },
    });
    const waitSeconds = (Date.parse(job.nextAttemptAt ?? later) - Date.parse(later)) / 1_000;
    expect(waitSeconds).toBeGreaterThanOrEqual(600);
    expect(waitSeconds).toBeLessThanOrEqual(900);
    const works = advanceAll(job, [launch(101), { kind: 'work-started', attempt: 101 }]);
    expect(works).toMatchObject({ status: 'running', waitCount: 0, reason: null });
    // Workers of an earlier release do not know the field.
    expect(works).not.toHaveProperty('launchBlockedSince');
  });

  it('F13 goes to on-demand when the Spot task was not started for lack of capacity', () => {
    const noCapacity = { ...reason, code: 'no-capacity' };
    const end = { kind: 'attempt-ended', attempt: 1, end: 'not-started', largerSize: null } as const;
    expect(after(launch(1), { ...end, reason: noCapacity })).toMatchObject({ capacity: 'on-demand' });
  });

  it('F14 remembers since when its launch is blocked, and forgets it when it waits for another job only', () => {
    const deferred = (code: string): JobStep => ({
      ...{ kind: 'launch-deferred', attempt: 0, until: later, capacity: 'spot', reason: { ...reason, code } },
    });
    const first = after(deferred('throttled'));
    const since = first.launchBlockedSince;
    const blocked = advanceJob(first, deferred('quota-reached'), '2026-01-01T09:00:00.000Z');
    expect(since).toBeDefined();
    expect(blocked).toMatchObject({ job: { launchBlockedSince: since } });
    expect(after(deferred('throttled'), deferred('all-places-taken'))).not.toHaveProperty(
      'launchBlockedSince',
    );
  });

  it('enlarges the task once when its memory or disk ran out', () => {
    const largerSize = { ...size, memoryMiB: 4096 };
    const end = { kind: 'attempt-ended', end: 'outgrown', reason, largerSize } as const;
    const once = after(launch(1), { ...end, attempt: 1 });
    expect(once).toMatchObject({ status: 'queued', size: largerSize, failureCount: 0 });
    expect(after(launch(1), { ...end, attempt: 1 }, launch(2), { ...end, attempt: 2 }).status).toBe('failed');
  });

  it('delays each retry more when the larger task is too small as well and the publication must be completed', () => {
    const end = { kind: 'attempt-ended', end: 'outgrown', reason, largerSize: null } as const;
    const chosen = after(...started, { kind: 'publication-chosen', token: 7 }, { ...end, attempt: 1 });
    expect(chosen).toMatchObject({ status: 'queued', failureCount: 1 });
    expect(Date.parse(chosen.nextAttemptAt ?? at)).toBeGreaterThan(Date.parse(at));
  });

  it('retries a job without limit once its publication has begun', () => {
    let job = after(...started, { kind: 'publication-chosen', token: 7 });
    for (let attempt = 1; attempt < 30; attempt++) {
      for (const step of [
        { kind: 'attempt-ended', attempt, end: 'failed', reason, largerSize: null },
        launch(attempt + 1),
        { kind: 'work-started', attempt: attempt + 1 },
      ] as JobStep[]) {
        const advance = advanceJob(job, step, later);
        if (advance.outcome === 'moved') job = advance.job;
      }
    }
    expect(job).toMatchObject({ status: 'running', attempt: 30, publication: { token: 7 } });
    expect(advanceJob(job, { kind: 'cancelled', reason }, later).outcome).toBe('refused');
  });

  it('accepts a publication by an attempt that was declared lost', () => {
    const queued = after(
      ...started,
      { kind: 'publication-chosen', token: 7 },
      { kind: 'attempt-ended', attempt: 1, end: 'failed', reason, largerSize: null },
    );
    expect(queued.status).toBe('queued');
    expect(advanceJob(queued, { kind: 'published', token: 6, outputs }, later).outcome).toBe('refused');
    expect(advanceJob(queued, { kind: 'published', token: 7, outputs }, later)).toMatchObject({
      outcome: 'moved',
      job: { status: 'succeeded', launch: null },
    });
  });

  it('completes a publication that has begun although a newer upload exists, unless that one was published first', () => {
    const publishing = after(...started, { kind: 'publication-chosen', token: 7 });
    expect(advanceJob(publishing, { kind: 'superseded', reason }, later).outcome).toBe('refused');
    expect(advanceJob(publishing, { kind: 'overtaken', token: 6, reason }, later).outcome).toBe('refused');
    expect(advanceJob(publishing, { kind: 'overtaken', token: 7, reason }, later)).toMatchObject({
      outcome: 'moved',
      job: { status: 'cancelled', reason },
    });
  });

  it('does not retry a job that a newer upload has overtaken, as its units are done', () => {
    const overtaken = after(
      ...started,
      { kind: 'publication-chosen', token: 7 },
      { kind: 'overtaken', token: 7, reason },
    );
    expect(advanceJob(overtaken, { kind: 'retried' }, later).outcome).toBe('refused');
  });

  it('keeps the record valid under any steps, counts every change, and never leaves success', () => {
    const kinds = fc.array(fc.constantFrom(...(Object.keys(steps) as JobStep['kind'][])), { maxLength: 60 });
    fc.assert(
      fc.property(kinds, (sequence) => {
        let job = awaitingInspection;
        for (const kind of sequence) {
          const step =
            kind === 'published' && job.publication
              ? { kind, token: job.publication.token, outputs }
              : steps[kind](job);
          const advance = advanceJob(job, step as JobStep, later);
          if (advance.outcome === 'refused') continue;
          expect(advance.job.version).toBe(job.version + 1);
          expect(advance.job.attempt).toBeGreaterThanOrEqual(job.attempt);
          if (job.status === 'succeeded') expect(advance.job.status).toBe('succeeded');
          if (job.publication) expect(advance.job.publication).toEqual(job.publication);
          jobRecordSchema.parse(advance.job);
          job = advance.job;
        }
      }),
    );
  });
});
