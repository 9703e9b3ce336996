import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSegmentCipher } from '../src/index.ts';
import { runForBytes } from './run-tool.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-cipher-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it.each([1, 15, 16, 17, 100_000])('ffmpeg decrypts what it encrypted, of %i bytes', async (sizeBytes) => {
  const [clear, key] = [randomBytes(sizeBytes), randomBytes(16)];
  const cipher = createSegmentCipher(key, 300);
  const path = join(directory, `${sizeBytes}.m4s`);
  await writeFile(path, Buffer.concat([cipher.update(clear), cipher.final()]));
  const decrypted = await runForBytes('ffmpeg', [
    ...['-v', 'error', '-decryption_key', key.toString('hex')],
    ...['-decryption_iv', '0000000000000000000000000000012c'],
    ...['-f', 'data', '-i', `crypto:${path}`, '-map', '0', '-c', 'copy', '-f', 'data', '-'],
  ]);
  expect(Buffer.from(decrypted).equals(clear)).toBe(true);
});
