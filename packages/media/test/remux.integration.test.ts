import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remuxCommand, toArguments } from '../src/index.ts';
import { encodeSource } from './encode-source.ts';
import { film, videoSource } from './fixtures/film.ts';
import { makeSource } from './fixtures/make-source.ts';
import { inspectFrames } from './inspect-output.ts';
import { runTool } from './run-tool.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-media-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('remuxCommand', () => {
  it('remuxes video and audio into one progressive file with the index first', async () => {
    const source = await makeSource({ fileName: 'both.mp4', make: film(videoSource()) }, directory);
    const { pathOf } = await encodeSource(source.path, source.directory);
    const target = join(directory, 'progressive.mp4');
    const streams = { videoPath: pathOf('h264-240'), audioPath: pathOf('audio-1') };
    await runTool('ffmpeg', toArguments(remuxCommand(streams, target, join(directory, 'hashes'))));
    const file = await readFile(target);
    expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat'));
    expect((await inspectFrames(target)).frameCount).toBe(30);
  });
});
