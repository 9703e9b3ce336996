import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { missingFfmpegFeatures } from './ffmpeg.mjs';

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
