import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPseudoTerminal } from './pseudo-terminal.ts';
import { commandLineBundle } from './run-command-line.ts';
import { makeClip, startCloud } from './start-cloud.ts';

let cloud: Awaited<ReturnType<typeof startCloud>>;
beforeAll(async () => {
  cloud = await startCloud();
  await makeClip(cloud.folder, 'clip.mp4', { seconds: 30 });
  writeFileSync(join(cloud.folder, 'letter.mp4'), 'Dear reader,\n'.repeat(20));
});
afterAll(() => cloud.stop());

it('watch prints the progress of a job and one line at its end', async () => {
  const { jobId } = JSON.parse((await cloud.run('upload', 'clip.mp4', '--json')).output);
  // The record appears shortly after the upload.
  await vi.waitFor(async () => expect((await cloud.run('job', jobId)).exitCode).toBe(0), 600_000);
  const [lines, events] = await Promise.all([cloud.run('watch', jobId), cloud.run('watch', jobId, '--json')]);
  expect(lines.exitCode).toBe(0);
  expect(lines.notes).toMatch(/^clip\.mp4: \w+/);
  expect(lines.output).toMatch(
    new RegExp(`^videos/clip\\.mp4: job ${jobId} succeeded in .*: outputs/clip\\.mp4/master\\.m3u8\n$`),
  );
  const news = events.output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(news.at(-2)).toEqual({ jobId, phase: 'succeeded', percent: 100 });
  expect(news.at(-1)).toMatchObject({ jobId, status: 'succeeded', reason: null });
});

it('watch exits with 1 where the job failed', async () => {
  const { jobId } = JSON.parse((await cloud.run('upload', 'letter.mp4', '--wait', '--json')).output);
  const { exitCode, output } = await cloud.run('watch', jobId);
  expect(exitCode).toBe(1);
  expect(output).toMatch(/ failed: The file is not audio or video/);
});

it('jobs --watch keeps the list up to date in a terminal, and ends with Ctrl-C', async () => {
  const argv = [commandLineBundle, 'jobs', '--watch', '--data', 'data'];
  const terminal = openPseudoTerminal(argv, { columns: 60, rows: 12, cwd: cloud.folder });
  const rows = () => terminal.screen().filter((line) => /^(succeeded|failed)/.test(line));
  await vi.waitFor(() => expect(rows()).toHaveLength(2), 600_000);
  await cloud.run('upload', 'letter.mp4', '--prefix', 'watched', '--wait');
  await vi.waitFor(() => expect(rows()[0]).toMatch(/^failed {5}watched\/letter\.mp4 +not-media$/), 600_000);
  terminal.type('\u0003');
  expect(await terminal.ended).toBe(0);
  expect(terminal.screen()[0]).toMatch(/^\d{4}-\d\d-\d\d [\d:]{8} \S+, 1 succeeded, 2 failed/);
  expect(terminal.scrollback()).toEqual([]);
});

it('upload --wait continues when the cloud is killed and restarted on another port', async () => {
  const waiting = cloud.start('upload', 'clip.mp4', '--prefix', 'again', '--wait');
  await vi.waitFor(() => expect(waiting.notes()).toMatch(/: encoding/), { timeout: 600_000, interval: 50 });
  await cloud.killAndRestart();
  await vi.waitFor(() => expect(waiting.output()).toMatch(/succeeded in .*\n$/), 600_000);
  expect(waiting.notes()).toMatch(/: unreachable\n/);
});
