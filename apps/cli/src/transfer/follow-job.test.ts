import type { JobRecord } from '@fyrestream/events';
import type { Progress, Stack } from '@fyrestream/operations';
import { jobId, jobRecord } from '@fyrestream/operations/test/job-fixtures';
import { expect, it } from 'vitest';
import { followJob } from './follow-job.ts';

/** The parts of a stack that followJob uses. It returns the answers in sequence, and throws the errors among them. */
function stackOf(
  answers: (JobRecord | null | Error)[],
  reopened?: Stack,
  { depths = [0], queued = [] as JobRecord[], onRequest = () => {} } = {},
): Stack {
  const readJobWithUnits = async () => {
    onRequest();
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return { job: answer ?? null, units: [] };
  };
  const depth = async () => {
    onRequest();
    return { waiting: (depths.length > 1 ? depths.shift() : depths[0]) ?? 0, delayed: 0, underWay: 0 };
  };
  const listJobs = async () => {
    onRequest();
    return { jobs: queued, cursor: null };
  };
  return {
    ledger: { readJobWithUnits, listJobs },
    queues: { uploads: { messages: { depth } } },
    reopen: async () => reopened ?? null,
  } as unknown as Stack;
}

const { signal } = new AbortController();
const over = jobRecord({ status: 'failed' });
const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

const pause = async () => {};

async function follow(stack: Stack, { recordWithinSeconds = 120 } = {}) {
  const phases: Progress['phase'][] = [];
  const report = ({ phase }: Progress) => phases.push(phase);
  const job = await followJob(stack, jobId, report, signal, { recordWithinSeconds, pause });
  return { job, phases };
}

it('waits until the record appears and the job is over', async () => {
  const { job, phases } = await follow(stackOf([null, jobRecord(), over]));
  expect(job).toBe(over);
  expect(phases).toEqual(['uploaded', 'queued', 'failed']);
});

it('returns a held job, because it waits for a person', async () => {
  expect((await follow(stackOf([jobRecord({ status: 'held' })]))).phases).toEqual(['held']);
});

it('names the commands to use when no record appears', async () => {
  await expect(follow(stackOf([null]), { recordWithinSeconds: 2 })).rejects.toMatchObject({
    code: 'job-missing',
    message: expect.stringContaining('fyrestream doctor'),
  });
});

it('continues at the new address when the cloud restarts', async () => {
  const { job, phases } = await follow(stackOf([jobRecord(), refused], stackOf([over])));
  expect(job).toBe(over);
  expect(phases).toEqual(['queued', 'unreachable', 'failed']);
});

it('fails at once on an error that is not a lost connection', async () => {
  const denied = Object.assign(new Error('no'), { $metadata: { httpStatusCode: 403 } });
  await expect(follow(stackOf([denied]))).rejects.toBe(denied);
});

it('an upload that waits behind others is not missing, however long that takes', async () => {
  const stack = stackOf([null, null, null, null, null, over], undefined, { depths: [57, 56] });
  const { job, phases } = await follow(stack, { recordWithinSeconds: 1 });
  expect(job).toBe(over);
  expect(phases).toContain('waiting');
});

it('is missing once the queue is empty and has stayed so', async () => {
  const stack = stackOf([null], undefined, { depths: [3, 0] });
  await expect(follow(stack, { recordWithinSeconds: 2 })).rejects.toMatchObject({ code: 'job-missing' });
});

it('the length of the upload queue is not the place of a job that has its record', async () => {
  const stack = stackOf([null, null, jobRecord(), over], undefined, { depths: [57] });
  const queues: Progress['queue'][] = [];
  await followJob(stack, jobId, ({ phase, queue }) => phase === 'queued' && queues.push(queue), signal, {
    recordWithinSeconds: 1,
    pause,
  });
  expect(queues).toEqual([undefined]);
});

it('a waiting command sends at most one request a second, and later one every two seconds', async () => {
  let requests = 0;
  const pauses: number[] = [];
  const countAtPause: number[] = [];
  const answers = [...Array<null>(12).fill(null), ...Array<JobRecord>(12).fill(jobRecord()), over];
  const stack = stackOf(answers, undefined, { depths: [3], onRequest: () => (requests += 1) });
  await followJob(stack, jobId, () => {}, signal, {
    recordWithinSeconds: 2,
    pause: async (pausedSeconds) => {
      countAtPause.push(requests);
      requests = 0;
      pauses.push(pausedSeconds);
    },
  });
  expect(new Set(countAtPause)).toEqual(new Set([1]));
  expect(pauses.slice(0, 15)).toEqual(Array(15).fill(1));
  expect(new Set(pauses.slice(15))).toEqual(new Set([2]));
});
