import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeSampleClip, missingFfmpegFeatures } from './ffmpeg.mjs';
import { prepareMachine } from './prepare-machine.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fyrestream-ffmpeg-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param {string} program @param {string} answer */
function install(program, answer) {
  writeFileSync(
    join(folder, program),
    `#!/bin/sh\nwhile read -r line; do echo "$line"; done <<'END'\n${answer}\nEND\n`,
  );
  chmodSync(join(folder, program), 0o755);
}

it('finds nothing missing in the ffmpeg of this machine', async () => {
  expect(await missingFfmpegFeatures()).toEqual([]);
});

it('names both programs where neither is installed', async () => {
  expect(await missingFfmpegFeatures({ PATH: folder })).toEqual(['ffmpeg', 'ffprobe']);
});

it('names the encoders and filters that an ffmpeg was built without', async () => {
  install(
    'ffmpeg',
    ' A....D aac  AAC (Advanced Audio Coding)\n ... tonemap V->V  libx264 is not the name here',
  );
  expect(await missingFfmpegFeatures({ PATH: folder })).toEqual([
    'ffprobe',
    'its encoder libx264',
    'its filter zscale',
  ]);
});

it('is looked for before anything else is installed, where it cannot be installed', async () => {
  const path = process.env.PATH;
  process.env.PATH = folder;
  try {
    await expect(prepareMachine()).rejects.toMatchObject({ code: 'ffmpeg-missing' });
  } finally {
    process.env.PATH = path;
  }
});

it('stops when the sample clip is interrupted, and leaves no clip', async () => {
  const stop = new AbortController();
  const path = join(folder, 'sample.mp4');
  const made = makeSampleClip(path, stop.signal);
  stop.abort();
  await expect(made).rejects.toMatchObject({ code: 'tool-failed' });
  expect(existsSync(path)).toBe(false);
});
