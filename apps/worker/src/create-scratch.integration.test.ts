import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createScratch } from './create-scratch.ts';
import { openOutputSocket } from './open-output-socket.ts';

const folders: string[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fyrestream-scratch-test-'));
  folders.push(folder);
  return folder;
}

it('has usable socket paths although the temporary directory has a very long path', async () => {
  const deep = join(await makeFolder(), 'ecs', 'scratch', '0123456789abcdef'.repeat(6));
  await mkdir(deep, { recursive: true });
  vi.stubEnv('TMPDIR', deep);
  // The working directory of a task is its scratch directory.
  vi.spyOn(process, 'cwd').mockReturnValue(deep);
  const scratch = await createScratch(deep);
  const path = scratch.socketPath('video-360p');
  expect(path).toMatch(/^fyrestream-[^/]+\/video-360p\.sock$/);
  await scratch.remove();
  expect(await readdir(deep)).toEqual([]);
});

it('names the socket that cannot be opened', async () => {
  const path = join(await makeFolder(), 'x'.repeat(120), 'video.sock');
  await expect(openOutputSocket(path, () => {})).rejects.toMatchObject({
    code: 'stream-broken',
    message: `The socket ${path} failed.`,
    retryable: true,
  });
});

it('removes all its files', async () => {
  const parent = await makeFolder();
  vi.stubEnv('TMPDIR', parent);
  const scratch = await createScratch(parent);
  await scratch.write(await scratch.path('a', 'b', 'segment.m4s'), Buffer.from('bytes'));
  const receiver = await openOutputSocket(scratch.socketPath('video'), () => {});
  receiver.close();
  await scratch.remove();
  await scratch.remove();
  expect(await readdir(parent)).toEqual([]);
});
