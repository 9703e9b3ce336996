import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JobRecord } from '@fyrestream/events';
import { lastChangedJobs, type Stack } from '@fyrestream/operations';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeClip, startCloud } from './start-cloud.ts';

let cloud: Awaited<ReturnType<typeof startCloud>>;
let stack: Stack;

beforeAll(async () => {
  cloud = await startCloud({ profiles: { mobile: { hdr: 'keep' } } });
  stack = await cloud.openStack();
});
afterEach(() => void vi.useRealTimers());
afterAll(() => cloud.stop());

const headers = { contentType: 'text/plain', cacheControl: 'no-store' };
const put = (bucket: string, key: string, text = `Dear ${key},\n`) =>
  stack.store.put({ bucket, key }, Buffer.from(text), headers);
const lines = (output: string) =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const byKey = (objects: { key: string; outcome: string; reason: { code: string } | null }[]) =>
  objects.sort((a, b) => (a.key < b.key ? -1 : 1));
const jobs = () =>
  lastChangedJobs(stack.ledger, ['queued', 'running', 'succeeded', 'failed'], 1_000, () => true);

async function jobsOf(keys: readonly string[]): Promise<JobRecord[]> {
  return vi.waitFor(async () => {
    const found = (await jobs()).filter(({ upload }) => keys.includes(upload.key));
    expect(found.map(({ upload }) => upload.key).sort()).toEqual([...keys].sort());
    return found;
  }, 60_000);
}

/** Objects that are stored while this runs have no event. */
async function withoutEvents(store: () => Promise<void>): Promise<void> {
  const { local, region } = stack.access;
  const url = `${local?.s3Url}/${stack.sourceBucket}?notification=`;
  const curl = async (...args: string[]) => {
    const key = ['--user', `${local?.accessKeyId}:${local?.secretAccessKey}`];
    const signed = [
      '-fsS',
      '-H',
      'x-amz-content-sha256: UNSIGNED-PAYLOAD',
      '--aws-sigv4',
      `aws:amz:${region}:s3`,
      ...key,
      ...args,
      url,
    ];
    return (await promisify(execFile)('curl', signed)).stdout;
  };
  const configuration = await curl();
  await curl('-X', 'PUT', '--data', '<NotificationConfiguration/>');
  await store();
  writeFileSync(join(cloud.folder, 'notification.xml'), configuration);
  await curl('-X', 'PUT', '--data-binary', `@${join(cloud.folder, 'notification.xml')}`);
}

it('admits what lay in the source bucket without a job, once', async () => {
  const missed = Array.from(
    { length: 105 },
    (_, index) => `videos/old/${String(index).padStart(3, '0')}.mov`,
  );
  await withoutEvents(async () => {
    await put(stack.sourceBucket, 'videos/old/001.en.srt');
    for (const key of missed) await put(stack.sourceBucket, key);
  });
  await put(stack.sourceBucket, 'videos/new.mov');
  await jobsOf(['videos/new.mov']);

  const tooYoung = await cloud.run('backfill', `s3://${stack.sourceBucket}/videos/old/000`, '--json');
  expect(lines(tooYoung.output)).toMatchObject([{ outcome: 'known', reason: { code: 'just-uploaded' } }]);

  // Objects are left to their own event for two minutes.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 180_000 });
  const shown = await cloud.run('backfill', '--dry-run');
  expect(shown.notes).toBe('nothing was done: this was a dry run\n');
  expect(shown.output.split('\n').map((line) => line.split(/ {2,}/).slice(0, 3))).toEqual([
    ['OUTCOME', 'WHY', 'OBJECTS'],
    ['admitted', '-', '105'],
    ['known', 'has-job', '1'],
    ['ignored', 'sidecar', '1'],
    [''],
  ]);
  expect(await jobs()).toHaveLength(1);

  const done = await cloud.run('backfill', `s3://${stack.sourceBucket}`, '--match', 'old/*', '--json');
  expect(done.exitCode).toBe(0);
  expect(lines(done.output).filter(({ outcome }) => outcome === 'admitted')).toHaveLength(105);
  await jobsOf([...missed, 'videos/new.mov']);

  const repeated = await cloud.run('backfill', '--json');
  expect(new Set(lines(repeated.output).map(({ outcome }) => outcome))).toEqual(
    new Set(['known', 'ignored']),
  );
});

it('copies what lies elsewhere with what belongs to it, once for each version of it', async () => {
  const bucket = stack.outputBucket;
  await makeClip(cloud.folder, 'tiny.mp4', { size: '64x48', seconds: 1 });
  await stack.store.put(
    { bucket, key: 'archive/2019/tiny ä.mp4' },
    readFileSync(join(cloud.folder, 'tiny.mp4')),
    headers,
  );
  await put(bucket, 'archive/2019/tiny ä.en.srt', '1\n00:00:00,000 --> 00:00:01,000\nHello\n');
  await put(bucket, 'archive/letter.mov');
  await put(bucket, 'elsewhere.mov');
  await put(stack.sourceBucket, 'videos/copies/letter.mov', 'A letter of somebody else');

  const run = () =>
    cloud.run(
      ...['backfill', `s3://${bucket}/archive/`, '--prefix', 'copies', '--profile', 'mobile'],
      ...['--option', 'priority=bulk', '--json'],
    );
  const first = await run();
  expect(first.exitCode).toBe(1);
  const results = lines(first.output).map(({ key, outcome, reason }) => [key, outcome, reason?.code]);
  expect(results[0]?.[0]).toBe('videos/copies/2019/tiny ä.en.srt');
  expect(results.sort()).toEqual([
    ['videos/copies/2019/tiny ä.en.srt', 'copied', undefined],
    ['videos/copies/2019/tiny ä.mp4', 'copied', undefined],
    ['videos/copies/letter.mov', 'failed', 'target-exists'],
  ]);
  const done = await vi.waitFor(async () => {
    const [job] = await jobsOf(['videos/copies/2019/tiny ä.mp4']);
    expect(job?.status).toBe('succeeded');
    return job;
  }, 300_000);
  expect(done).toMatchObject({ making: { profile: 'mobile', priority: 'bulk' } });
  const output = await stack.ledger.readOutput('videos/copies/2019/tiny ä.mp4');
  const files = await stack.store.list(bucket, `versions/${done?.jobId}/${output?.published?.token}/`);
  expect(files.some(({ key }) => key.endsWith('.vtt'))).toBe(true);

  const second = byKey(lines((await run()).output));
  expect(second.map(({ reason }) => reason?.code)).toEqual([
    ...['copied-before', 'copied-before', 'target-exists'],
  ]);
  await put(bucket, 'archive/2019/tiny ä.mp4', 'A newer version');
  const third = byKey(lines((await run()).output));
  expect(third.map(({ outcome, reason }) => reason?.code ?? outcome)).toEqual([
    ...['copied-before', 'copied', 'target-exists'],
  ]);
  expect(await stack.store.head({ bucket: stack.sourceBucket, key: 'videos/elsewhere.mov' })).toBeNull();
});

it('refuses what cannot be meant, before anything is done', async () => {
  const refused = async (...argv: string[]) => (await cloud.run('backfill', ...argv)).notes;
  expect(await refused('videos/a')).toContain('videos/a is no address such as s3://BUCKET/PREFIX.');
  expect(await refused('--profile', 'mobile', '--prefix', 'x')).toContain(
    '--prefix and --profile cannot be used: these videos stay where they are',
  );
  expect(await refused('--max-waiting', '0')).toContain('It must be a whole number above 0.');
  expect(await refused('s3://no-such-bucket/')).toContain('no-such-bucket');
});
