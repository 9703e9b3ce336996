import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildOfFfmpeg } from './build-of-ffmpeg.ts';

it('is another build where the image has a newer x265 behind the same ffmpeg', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'libraries-'));
  const path = join(directory, 'codec-libraries');
  const buildWith = async (libraries: string) => {
    await writeFile(path, libraries);
    return buildOfFfmpeg('ffmpeg version 7.1', path);
  };
  const before = await buildWith('aa  usr/lib/libx265.so.215\n');
  expect(await buildWith('bb  usr/lib/libx265.so.216\n')).not.toBe(before);
  expect(await buildWith('aa  usr/lib/libx265.so.215\n')).toBe(before);
  await rm(directory, { recursive: true });
  // A machine without the image.
  expect(await buildOfFfmpeg('ffmpeg version 7.1', path)).not.toBe(before);
  expect(await buildOfFfmpeg('ffmpeg version 7.1', path)).not.toBe(
    await buildOfFfmpeg('ffmpeg version 7.2', path),
  );
});
