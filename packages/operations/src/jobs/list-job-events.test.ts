import { advanceJob } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { after, jobId, jobRecord } from '../../test/job-fixtures.ts';
import { listJobEvents } from './list-job-events.ts';

it('lists events with the time of their publication, those that wait for it last', () => {
  const held = advanceJob(
    jobRecord(),
    { kind: 'held', reason: { code: 'cost-limit', message: 'It costs too much.', retryable: false } },
    after(3),
  );
  if (held.outcome === 'refused') expect.unreachable(held.because);
  const published = advanceJob(held.job, { kind: 'announced', eventIds: [`${jobId}-1`] }, after(4));
  if (published.outcome === 'refused') expect.unreachable(published.because);
  expect(listJobEvents(published.job)).toEqual([
    { eventId: `${jobId}-1`, kind: 'job-queued', at: after(2), publishedAt: after(4) },
    { eventId: `${jobId}-2`, kind: 'job-held', at: after(3), publishedAt: null },
  ]);
});

it('does not know the events of a job that an earlier release admitted', () => {
  expect(listJobEvents({ owed: jobRecord().owed })).toBeNull();
});
