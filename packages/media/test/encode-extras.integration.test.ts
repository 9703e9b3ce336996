import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { posterCommand, remuxCommand, toArguments } from '../src/index.ts';
import { encodeSource } from './encode-source.ts';
import { fastH264, film, motion, picture } from './fixtures/film.ts';
import { makeSource } from './fixtures/make-source.ts';
import { seePicture } from './inspect-output.ts';
import { runTool } from './run-tool.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-media-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('what follows an encode', () => {
  it('remuxes picture and sound into one progressive file, index first', async () => {
    const source = await makeSource({ fileName: 'both.mp4', make: film(picture()) }, directory);
    const { pathOf } = await encodeSource(source.path, source.directory);
    const target = join(directory, 'progressive.mp4');
    const streams = { videoPath: pathOf('h264-240'), audioPath: pathOf('audio-1') };
    await runTool('ffmpeg', toArguments(remuxCommand(streams, target)));
    const file = await readFile(target);
    expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat'));
    expect((await seePicture(target)).frameCount).toBe(30);
  });

  it('finds a poster that is not black in a clip that fades in, and one where all is black', async () => {
    const size = async (path: string) => (await stat(path).catch(() => ({ size: 0 }))).size;
    for (const [name, source, hasBrightKeyFrame] of [
      ['bright', motion('30', 1), true],
      ['fade', motion('30', 1, { filters: 'fade=in:0:25' }), false],
      ['black', ['-f', 'lavfi', '-i', 'color=black:s=320x240:d=0.04'], false],
    ] as const) {
      const make = [...source, ...fastH264];
      const { path } = await makeSource({ fileName: `${name}.mp4`, make }, directory);
      const poster = join(directory, `${name}.jpg`);
      await runTool('ffmpeg', toArguments(posterCommand(path, poster)));
      expect((await size(poster)) > 0, name).toBe(hasBrightKeyFrame);
      await runTool('ffmpeg', toArguments(posterCommand(path, poster, { anyFrame: true })));
      expect(await size(poster), name).toBeGreaterThan(name === 'black' ? 100 : 4000);
    }
  });
});
