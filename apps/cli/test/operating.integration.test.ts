import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runTool } from '../setup/run-process.mjs';
import { openStack } from '../src/stack/open-stack.ts';
import { runCommandLine, startCommandLine } from './run-command-line.ts';
import { runHere } from './run-here.ts';
import { makeClip } from './start-cloud.ts';

const clip = 'ho l+i é🎉.mp4';
const notMedia = 'letter.mp4';

let folder: string;
let cloud: ReturnType<typeof startCommandLine>;
const callerFolder = process.cwd();
const run = (...argv: string[]) => runHere([...argv, '--data', 'data']);
const runProcess = (...argv: string[]) => runCommandLine([...argv, '--data', 'data'], folder);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fy-'));
  writeFileSync(join(folder, notMedia), 'Dear reader,\n'.repeat(20));
  await makeClip(folder, clip);
  process.chdir(folder);
  cloud = startCommandLine(['local', '--data', 'data'], folder);
  await vi.waitFor(() => expect(cloud.output()).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\n$/), 600_000);
});

afterAll(async () => {
  if (cloud.child.exitCode === null) {
    cloud.child.kill('SIGTERM');
    await once(cloud.child, 'close');
  }
  process.chdir(callerFolder);
  rmSync(folder, { recursive: true });
});

describe('a video and a text file named .mp4', () => {
  let results: Record<string, unknown>[];

  it('upload --wait --json prints one line each and exits with 1 because of the text file', async () => {
    const { exitCode, output, notes } = await runProcess(
      'upload',
      clip,
      notMedia,
      '--wait',
      '--json',
      '--prefix',
      'a b',
    );
    expect({ exitCode, notes }).toEqual({ exitCode: 1, notes: '' });
    results = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(results.map((result) => Object.keys(result))).toEqual(
      Array(2).fill(['file', 'jobId', 'status', 'reason', 'outputs']),
    );
    expect(results[0]).toMatchObject({
      file: clip,
      status: 'succeeded',
      reason: null,
      outputs: { masterKey: `outputs/a b/${clip}/master.m3u8` },
    });
    expect(results[1]).toMatchObject({ file: notMedia, status: 'failed', outputs: null });
    expect(results[1]?.reason).toMatchObject({ code: 'not-media', retryable: false });
  });

  it('jobs lists all, or those with a status', async () => {
    const all = await run('jobs', '--json');
    const listed = all.output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(listed.map(({ jobId }) => jobId))).toEqual(new Set(results.map(({ jobId }) => jobId)));
    const failed = await run('jobs', '--status', 'failed');
    expect(failed.output).toMatch(/^JOB +STATUS.*\n\S{26} {2}failed.*letter\.mp4 +not-media\n$/);
    expect(await run('jobs', '--status', 'held')).toMatchObject({ output: '', notes: 'No job is held.\n' });
  });

  it('job prints the record and its units', async () => {
    const jobId = String(results[0]?.jobId);
    const job = JSON.parse((await run('job', jobId, '--json')).output);
    expect(job).toMatchObject({ jobId, status: 'succeeded', attempt: 1 });
    expect(job.units.map(({ unitId }: { unitId: string }) => unitId)).toContain('assembly');
    const { output } = await run('job', String(results[1]?.jobId));
    expect(output).toMatch(/^status +failed$/m);
    expect(output).toMatch(/^reason .*\(not-media\)$/m);
  });

  it('download stores a playlist that plays, and does not overwrite files without --force', async () => {
    const jobId = String(results[0]?.jobId);
    const { exitCode, output } = await run('download', jobId, 'downloaded', '--json');
    expect(exitCode).toBe(0);
    const { master, fileCount } = JSON.parse(output);
    expect(fileCount).toBeGreaterThan(3);
    const probe = ['-v', 'error', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0', master];
    expect(await runTool('ffprobe', probe, { onFailure: 'The playlist does not play.' })).toMatch(/video/);

    expect(await run('verify', jobId)).toMatchObject({ exitCode: 0, notes: '' });
    const whole = JSON.parse((await run('verify', 'downloaded', '--json')).output);
    expect(whole).toMatchObject({ version: 'downloaded', passed: true });
    writeFileSync(join(folder, 'downloaded', 'poster.jpg'), 'not a poster');
    const damaged = await run('verify', 'downloaded');
    expect(damaged.exitCode).toBe(1);
    expect(damaged.output).toMatch(/^files-changed +the version +poster\.jpg +none$/m);
    expect(damaged.output).toMatch(/^differs from what was published: \d+ files, \d+ checks, \d failed\n$/m);

    expect((await run('download', jobId, 'downloaded')).exitCode).toBe(2);
    expect((await run('download', jobId, 'downloaded', '--force')).exitCode).toBe(0);
    expect(readFileSync(join(folder, 'downloaded', 'poster.jpg'), 'latin1')).not.toBe('not a poster');

    const nothing = await run('download', String(results[1]?.jobId), 'nowhere');
    expect(nothing).toMatchObject({ exitCode: 1, notes: expect.stringContaining('has published nothing') });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });
});

it('upload without --wait prints the job id, which works at once', async () => {
  const { exitCode, output } = await runProcess('upload', notMedia);
  expect(exitCode).toBe(0);
  const [jobId = ''] = output.match(/[a-z2-7]{26}/) ?? [];
  for (const name of [jobId, jobId.slice(0, 8), notMedia, 'latest']) {
    const shown = await run('job', name, '--json');
    expect(JSON.parse(shown.output)).toMatchObject({ jobId });
  }
  expect(output).toMatch(/^letter\.mp4: uploaded as videos\/letter\.mp4, job [a-z2-7]{26}\n$/);
});

it('a job that does not exist is not a usage error', async () => {
  const { exitCode, notes } = await run('job', 'abcdefghijklmnopqrstuvwxyz'.replace('a', 'b'));
  expect({ exitCode, notes }).toEqual({
    exitCode: 1,
    notes:
      'fyrestream: There is no job bbcdefghijklmnopqrstuvwxyz: type an id, at least 4 of its first characters, the name of an uploaded file, or latest. `npx pnpm fyrestream jobs` lists them.\n',
  });
});

it('the name of an upload cannot act on the terminal, and --json keeps it', async () => {
  const { store, sourceBucket } = await openStack({ data: join(folder, 'data') });
  const key = 'videos/\u001b[2J\u009b31m\r\u202egpm\nforged.mp4';
  await store.upload({ bucket: sourceBucket, key }, join(folder, clip), {
    contentType: 'video/mp4',
    cacheControl: 'no-store',
  });
  const jobId = await vi.waitFor(async () => {
    const { output } = await run('jobs', '--status', 'failed', '--json');
    const job = output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .find(({ upload }) => upload.key === key);
    expect(job?.reason).toMatchObject({ code: 'key-not-supported', retryable: false });
    return String(job.jobId);
  }, 600_000);
  const shown = 'videos/\\u001b[2J\\u009b31m\\u000d\\u202egpm\\u000aforged.mp4';
  for (const argv of [['jobs'], ['job', jobId], ['watch', jobId], ['retry', jobId], ['cancel', jobId]]) {
    const { output, notes } = await runProcess(...argv);
    // The job may have failed again before it is cancelled: that message names only its id.
    if (argv[0] !== 'cancel') expect(output + notes).toContain(shown);
    expect(output + notes).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  }
});

it('a second cloud on the same data directory is refused', async () => {
  const { exitCode, notes } = await runProcess('local');
  expect(exitCode).toBe(1);
  expect(notes).toMatch(/^fyrestream: Another local cloud is using .*\n$/);
});

it('the cloud ends by a signal, and is then no longer found', async () => {
  cloud.child.kill('SIGTERM');
  const [exitCode] = await once(cloud.child, 'close');
  expect(exitCode).toBe(0);
  expect((await run('jobs')).notes).toContain('No local cloud is running on data');
});
