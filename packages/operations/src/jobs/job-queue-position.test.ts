import { expect, it } from 'vitest';
import { after, jobRecord } from '../../test/job-fixtures.ts';
import type { Stack } from '../stack/stack.ts';
import { jobQueuePosition } from './job-queue-position.ts';

const launch = { attempt: 1, plannedAt: after(1), taskArn: null } as never;
const queued = ['a', 'b', 'c', 'd'].map((jobId, index) => jobRecord({ jobId, createdAt: after(index) }));
const jobs = [...queued.toReversed(), jobRecord({ jobId: 'e', createdAt: after(0), launch })];

const stack = (depth = { waiting: 0, delayed: 0, underWay: 0 }) =>
  ({
    // One job to a page.
    ledger: {
      listJobs: async (_status: string, { cursor }: { cursor: string | null }) => {
        const index = Number(cursor ?? 0);
        return {
          jobs: jobs.slice(index, index + 1),
          cursor: index + 1 < jobs.length ? `${index + 1}` : null,
        };
      },
    },
    queues: { uploads: { messages: { depth: async () => depth } } },
  }) as unknown as Stack;

it('of an upload without a record is the length of the queue, what is at work on it included', async () => {
  expect(await jobQueuePosition(stack({ waiting: 3, delayed: 1, underWay: 2 }), null)).toEqual({
    place: null,
    length: 6,
  });
  expect(await jobQueuePosition(stack(), null)).toBeNull();
});

it('of a job is its place among those without a task, oldest first', async () => {
  const places = await Promise.all(queued.map((job) => jobQueuePosition(stack(), job)));
  expect(places.map((position) => position?.place)).toEqual([1, 2, 3, 4]);
  expect(places[0]?.length).toBe(4);
});

it('is none of a job that has a task, or runs', async () => {
  expect(await jobQueuePosition(stack(), jobRecord({ launch }))).toBeNull();
  expect(await jobQueuePosition(stack(), jobRecord({ status: 'running' }))).toBeNull();
});
