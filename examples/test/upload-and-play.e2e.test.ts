import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type LocalCloud, startLocalCloud } from '@fyrestream/local';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const example = fileURLToPath(new URL('../src/upload-and-play.ts', import.meta.url));

let folder: string;
let cloud: LocalCloud;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fyrestream-example-'));
  cloud = await startLocalCloud({ dataDirectory: join(folder, 'data') });
});
afterAll(async () => {
  await cloud?.stop();
  await rm(folder, { recursive: true });
});

it('the example uploads a video and prints a playlist that plays', async () => {
  const clip = join(folder, 'clip.mp4');
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=10:duration=2'];
  await run('ffmpeg', ['-v', 'error', ...source, '-pix_fmt', 'yuv420p', clip]);
  const { url, token } = cloud.api;
  const env = { ...process.env, FYRESTREAM_CONSOLE: `${url}/#token=${token}` };
  const { stdout } = await run(process.execPath, [example, clip], { env });
  const lines = stdout.trim().split('\n');
  expect(lines).toContain('uploaded 100%');
  expect(lines.at(-2)).toBe('succeeded 100% ');
  const playlist = await fetch(lines.at(-1) ?? '');
  expect(await playlist.text()).toContain('#EXT-X-STREAM-INF');
});
