import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { missingFromFfmpeg } from './missing-from-ffmpeg.mjs';

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

it('finds nothing missing from the ffmpeg of this machine', async () => {
  expect(await missingFromFfmpeg()).toEqual([]);
});

it('names both programs where there is none', async () => {
  expect(await missingFromFfmpeg({ PATH: folder })).toEqual(['ffmpeg', 'ffprobe']);
});

it('names what an ffmpeg was built without', async () => {
  install(
    'ffmpeg',
    ' A....D aac  AAC (Advanced Audio Coding)\n ... tonemap V->V  libx264 is not the name here',
  );
  expect(await missingFromFfmpeg({ PATH: folder })).toEqual([
    'ffprobe',
    'its encoder libx264',
    'its filter zscale',
  ]);
});
