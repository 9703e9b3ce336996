import { expect, it } from 'vitest';
import { advanced, at, jobs, later, newJob, reason } from '../test/job-steps.ts';
import { maxAnnouncedEvents } from './announced-event.ts';
import type { JobRecord } from './job-record.ts';

const published = (job: JobRecord, eventIds = job.owed.map(({ eventId }) => eventId)) =>
  advanced(job, { kind: 'announced', eventIds });

it('a record keeps which events were published and when', () => {
  const { jobId, owed, announced } = published(newJob());
  expect(owed).toEqual([]);
  expect(announced).toEqual([{ eventId: `${jobId}-1`, kind: 'job-queued', at, announcedAt: later }]);
});

it('an event that two parts publish at the same time is kept once', () => {
  const [first, second] = jobs.succeeded.owed.map(({ eventId }) => eventId);
  const once = published(jobs.succeeded, [first ?? '']);
  const twice = published(once, [first ?? '', second ?? '']);
  expect(twice.announced?.map(({ kind }) => kind)).toEqual(['job-queued', 'job-started']);
  expect(twice.owed.map(({ kind }) => kind)).toEqual(['job-succeeded']);
});

it('a record keeps the last events of a job that is retried for ever', () => {
  let job = published(jobs.failed);
  for (let retries = 0; retries < maxAnnouncedEvents; retries++) {
    const failed = advanced(advanced(job, { kind: 'retried' }), { kind: 'failed', attempt: 0, reason });
    job = published(failed);
  }
  expect(job.announced).toHaveLength(maxAnnouncedEvents);
  expect(job.announced?.at(-1)).toMatchObject({ eventId: `${job.jobId}-${job.version - 1}` });
});

it('a job that an earlier release admitted stays as its workers know it', () => {
  const { announced: _announced, ...earlier } = newJob();
  expect(published(earlier)).not.toHaveProperty('announced');
});
