import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '@fyrestream/operations';
import { jobRecord } from '@fyrestream/operations/test/job-fixtures';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCommandLine } from './run-command-line.ts';
import { makeClip, startCloud } from './start-cloud.ts';

let cloud: Awaited<ReturnType<typeof startCloud>>;
let stack: Stack;
beforeAll(async () => {
  cloud = await startCloud();
  stack = await cloud.openStack();
  writeFileSync(join(cloud.folder, 'letter.mp4'), 'Dear reader,\n'.repeat(20));
});
afterAll(() => cloud.stop());

async function upload(file: string): Promise<string> {
  const { output } = await cloud.run('upload', file, '--json');
  return JSON.parse(output).jobId;
}

const statusOf = async (jobId: string) => (await stack.ledger.readJob(jobId))?.status;
const until = (jobId: string, status: string) =>
  vi.waitFor(async () => expect(await statusOf(jobId)).toBe(status), { timeout: 600_000, interval: 100 });

describe('a job that is over', () => {
  let jobId: string;
  beforeAll(async () => {
    jobId = await upload('letter.mp4');
    await until(jobId, 'failed');
  });

  it.each([
    ['cancel', 'cancelled'],
    ['hold', 'held'],
    ['release', 'released'],
  ])('%s is refused with one sentence and exit code 1', async (command, done) => {
    const { exitCode, output, notes } = await cloud.run(command, jobId);
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
    expect(notes).toMatch(
      new RegExp(`^fyrestream: Job ${jobId} cannot be ${done}: it is failed, not .*\\.\n$`),
    );
  });

  it('retry restarts it at once, from the beginning', async () => {
    const { exitCode, output } = await cloud.run('retry', jobId, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ jobId, status: 'queued', reason: null, attempt: 0 });
    // The invoker inspects it again, and refuses it for the same reason: no task is started.
    await until(jobId, 'failed');
    expect(await stack.ledger.readJob(jobId)).toMatchObject({ attempt: 0, reason: { code: 'not-media' } });
  });
});

it('a queued job is held, and then cancelled or released; its events are published', async () => {
  const waiting = jobRecord({ nextAttemptAt: new Date(Date.now() + 3_600_000).toISOString() });
  const { jobId } = waiting;
  await stack.ledger.createJob(waiting);
  expect((await cloud.run('hold', jobId)).output).toBe(`videos/holiday.mov: job ${jobId} held\n`);
  expect(await stack.ledger.readJob(jobId)).toMatchObject({ reason: { code: 'held-by-operator' } });
  const cancelled = await cloud.run('cancel', jobId, '--json');
  expect(JSON.parse(cancelled.output)).toMatchObject({ status: 'cancelled', reason: { code: 'cancelled' } });
  await vi.waitFor(async () => expect((await stack.ledger.readJob(jobId))?.owed).toEqual([]), 600_000);

  const other = { ...waiting, jobId: jobId.replace('a', 'b') };
  await stack.ledger.createJob(other);
  await cloud.run('hold', other.jobId);
  expect((await cloud.run('release', other.jobId)).output).toContain('queued');
  // It continues at once, and fails because the upload does not exist.
  await until(other.jobId, 'failed');
  expect(await stack.ledger.readJob(other.jobId)).toMatchObject({ costAccepted: true, attempt: 1 });
});

it('several jobs are changed by one command; one that cannot be changed does not stop the others', async () => {
  const waiting = jobRecord({ nextAttemptAt: new Date(Date.now() + 3_600_000).toISOString() });
  const jobIds = ['c', 'd'].map((letter) => waiting.jobId.replace('a', letter));
  for (const jobId of jobIds) await stack.ledger.createJob({ ...waiting, jobId });
  const { exitCode, output, notes } = await cloud.run('cancel', ...jobIds, 'nobody.mov');
  expect({ exitCode, lines: output.trimEnd().split('\n').toSorted() }).toEqual({
    exitCode: 1,
    lines: jobIds.map((jobId) => `videos/holiday.mov: job ${jobId} cancelled`),
  });
  expect(notes).toMatch(/^fyrestream: There is no job nobody\.mov: .*\n$/);
});

it('all jobs of a folder are cancelled by one command, after --yes', async () => {
  const waiting = jobRecord({ nextAttemptAt: new Date(Date.now() + 3_600_000).toISOString() });
  const letters = [...'efghijklmnopqrstuvwxyz'];
  const jobs = letters.map((letter, index) => ({
    ...waiting,
    jobId: waiting.jobId.replace('a', letter),
    upload: { ...waiting.upload, key: `videos/${index === 0 ? 'kept' : 'trip'}/${letter}.mov` },
  }));
  for (const job of jobs) await stack.ledger.createJob(job);
  const asked = await cloud.run('cancel', '--prefix', 'trip/');
  expect({ exitCode: asked.exitCode, output: asked.output }).toEqual({ exitCode: 2, output: '' });
  expect(asked.notes).toMatch(/^fyrestream: This would change 21 jobs \(.*\): add --yes to do it\.\n/);
  const { exitCode, output } = await cloud.run('cancel', '--prefix', 'trip/', '--yes');
  expect({ exitCode, lines: output.trimEnd().split('\n').length }).toEqual({ exitCode: 0, lines: 21 });
  const [kept, ...cancelled] = await Promise.all(jobs.map(({ jobId }) => statusOf(jobId)));
  expect({ kept, cancelled: new Set(cancelled) }).toEqual({
    kept: 'queued',
    cancelled: new Set(['cancelled']),
  });
  expect((await cloud.run('cancel', '--prefix', 'trip/', '--yes')).notes).toContain('no such job to cancel');
  expect((await cloud.run('cancel')).exitCode).toBe(2);
});

it('start says that earlier jobs go on, and how to end them', async () => {
  const waiting = jobRecord({ nextAttemptAt: new Date(Date.now() + 3_600_000).toISOString() });
  await stack.ledger.createJob({ ...waiting, jobId: waiting.jobId.replace('ab', 'ba') });
  const { exitCode, output, notes } = await cloud.run('start', 'letter.mp4', '--prefix', 'again');
  expect({ exitCode, fails: output.includes('failed: The file is not audio or video') }).toEqual({
    exitCode: 1,
    fails: true,
  });
  expect(notes).toMatch(/^\d+ earlier jobs? go(es)? on: .*fyrestream jobs.*cancel --all --yes/m);
  expect((await cloud.run('job', 'again/letter.mp4')).exitCode).toBe(0);
});

it('an interrupted start says that its cloud stopped too, and how its files go on', async () => {
  const started = startCommandLine(['start', 'letter.mp4', '--data', 'interrupted'], cloud.folder);
  await vi.waitFor(() => expect(started.notes()).toContain('local cloud started at'), 600_000);
  started.child.kill('SIGINT');
  await once(started.child, 'close');
  expect(started.notes()).toMatch(
    /^stopping the local cloud …\n.*Interrupted by SIGINT\. The local cloud stopped too: .*`npx pnpm fyrestream local`\.$/m,
  );
});

it('jobs says that it lists only the last ones', async () => {
  const { output, notes } = await cloud.run('jobs', '--limit', '1', '--json');
  expect(output.trimEnd().split('\n')).toHaveLength(1);
  expect(notes).toBe('');
  expect((await cloud.run('jobs', '--limit', '1')).notes).toBe('the last 1 jobs; --limit 10 lists more\n');
});

it('a file name finds its job as soon as the upload has returned', async () => {
  writeFileSync(join(cloud.folder, 'note 1.mp4'), 'Dear reader,\n'.repeat(20));
  await cloud.run('upload', 'note 1.mp4');
  const { exitCode, output } = await cloud.run('job', 'note 1.mp4', '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(output).upload.key).toBe('videos/note 1.mp4');
});

it('a running job is cancelled, its task ends, and a retry restarts it', async () => {
  // Commands are sent while the worker plans or encodes it.
  await makeClip(cloud.folder, 'long.mp4', { size: '640x360', seconds: 30 });
  const jobId = await upload('long.mp4');
  await until(jobId, 'running');
  const launch = (await stack.ledger.readJob(jobId))?.launch;
  expect((await cloud.run('cancel', jobId)).exitCode).toBe(0);
  await vi.waitFor(async () => {
    const { cluster } = launch?.request ?? { cluster: '' };
    expect(await stack.launcher.findStopped(cluster, [launch?.taskArn ?? ''])).toMatchObject([
      { startedBy: jobId },
    ]);
  }, 600_000);
  expect(await stack.ledger.readJob(jobId)).toMatchObject({ status: 'cancelled', outputs: null });
  expect((await cloud.run('retry', jobId)).exitCode).toBe(0);
  await until(jobId, 'running');
  expect((await cloud.run('cancel', jobId)).exitCode).toBe(0);
});
