import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JobRecord, notificationOfUpload } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { makeClip, startCloud } from './start-cloud.ts';

/** Far more than SQS gives in one answer, or the poller takes in one batch. */
const messageCount = 60;
let cloud: Awaited<ReturnType<typeof startCloud>>;
let stack: Stack;
let finished: JobRecord[];
const deadLetters = () => stack.queues.uploads.deadLetters;
const lines = (output: string) =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

beforeAll(async () => {
  cloud = await startCloud();
  stack = await cloud.openStack();
  writeFileSync(join(cloud.folder, 'letter.mp4'), 'Dear reader,\n'.repeat(20));
  await makeClip(cloud.folder, 'clip.mp4');
  const { output } = await cloud.run('upload', 'letter.mp4', 'clip.mp4', '--wait', '--json');
  expect(lines(output).map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  finished = await readJobs(lines(output).map(({ jobId }) => jobId));
});
afterAll(() => cloud.stop());

async function readJobs(jobIds: string[]): Promise<JobRecord[]> {
  const jobs = await Promise.all(jobIds.map((jobId) => stack.ledger.readJob(jobId)));
  return jobs.filter((job) => job !== null);
}

it('60 messages about finished jobs are requeued and start nothing', async () => {
  const bodies = finished.map(({ upload }) => notificationOfUpload(upload));
  for (let sent = 0; sent < messageCount; sent += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => deadLetters().send(bodies[index % bodies.length] ?? '')),
    );
  }
  const shown = await cloud.run('redrive', '--dry-run', '--json');
  expect(lines(shown.output)).toHaveLength(messageCount);
  expect(await deadLetters().depth()).toEqual({ waiting: messageCount, delayed: 0, underWay: 0 });

  const { exitCode, output } = await cloud.run('redrive', '--json');
  expect(exitCode).toBe(0);
  const requeued = lines(output);
  expect(new Set(requeued.map(({ messageId }) => messageId)).size).toBe(messageCount);
  expect(new Set(requeued.map(({ about }) => about))).toEqual(
    new Set(['upload of videos/letter.mp4', 'upload of videos/clip.mp4']),
  );
  expect(requeued.every((line) => line.requeued === true)).toBe(true);
  expect(await deadLetters().depth()).toMatchObject({ waiting: 0, underWay: 0 });
  await vi.waitFor(
    async () => {
      const { waiting, underWay } = await stack.queues.uploads.messages.depth();
      expect(waiting + underWay).toBe(0);
    },
    { timeout: 600_000, interval: 500 },
  );
  // Only the bill of a task may come after the end of its job.
  const unchanged = finished.map(({ status, attempt, outputs }) => ({ status, attempt, outputs }));
  expect(await readJobs(finished.map(({ jobId }) => jobId))).toMatchObject(unchanged);
  expect(lines((await cloud.run('jobs', '--json')).output)).toHaveLength(2);
});

it('the control queue has its own dead letters', async () => {
  await stack.queues.control.deadLetters.send(JSON.stringify({ kind: 'sweep-requested' }));
  const { output, notes } = await cloud.run('redrive', '--control');
  expect(output).toMatch(/ {2}sweep: see the poller's log for \S{36}\n$/);
  expect(notes).toBe('dead letters of the control queue: 1, all requeued\n');
  expect((await cloud.run('redrive', '--control', '--json')).output).toBe('');
});

it('says that a stack without endpoints has no queue of webhooks', async () => {
  expect(await cloud.run('redrive', '--webhooks')).toMatchObject({
    exitCode: 2,
    notes: expect.stringContaining('has no webhooks: its settings name no endpoint.'),
  });
});
