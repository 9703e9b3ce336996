import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runCommandLine, startCommandLine } from './run-command-line.ts';
import { makeClip, startCloud } from './start-cloud.ts';

let cloud: Awaited<ReturnType<typeof startCloud>>;
beforeAll(async () => {
  cloud = await startCloud();
  await makeClip(cloud.folder, 'clip.mp4');
});
afterAll(() => cloud.stop());

/** The last line of `start`. */
const consoleLine = (output: string) =>
  /^console +(.*)$/.exec(output.trimEnd().split('\n').at(-1) ?? '')?.[1];

it('start ends with the address of the film in the console of the cloud that runs', async () => {
  const { exitCode, output } = await cloud.run('start', 'clip.mp4');
  expect(exitCode).toBe(0);
  const api = JSON.parse(readFileSync(join(cloud.folder, 'data', 'api.json'), 'utf8'));
  const jobId = await publishedJob('clip.mp4');
  expect(consoleLine(output)).toBe(`${api.url}/films/${jobId}#token=${api.token}`);
});

it('start ends with the command that serves the film again, where it stops the cloud', async () => {
  const started = await runCommandLine(['start', 'clip.mp4', '--data', 'own data'], cloud.folder);
  expect(started.exitCode).toBe(0);
  const command = consoleLine(started.output) ?? '';
  const [, jobId] =
    /^npx pnpm fyrestream local --data '.*\/own data' --film ([a-z2-7]{26})$/.exec(command) ?? [];
  expect(jobId, command).toBeDefined();
  const again = startCommandLine(['local', '--data', 'own data', '--film', `${jobId}`], cloud.folder);
  await vi.waitFor(() => expect(again.notes()).toContain('film at '), 600_000);
  const [, origin, path, token] = /^film at (http:\/\/[^/]+)(\S*)#token=(\S+)$/m.exec(again.notes()) ?? [];
  expect(path).toBe(`/films/${jobId}`);
  const response = await fetch(`${origin}/v1/videos/${jobId}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await response.json()).toMatchObject({ jobId, isCurrent: true, sourceKey: 'videos/clip.mp4' });
  again.child.kill('SIGTERM');
  await once(again.child, 'close');
});

async function publishedJob(file: string): Promise<string> {
  const { output } = await cloud.run('job', file, '--json');
  return JSON.parse(output).jobId;
}
