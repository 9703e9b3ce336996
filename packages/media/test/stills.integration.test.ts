import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spriteSheetPattern } from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createPresentation,
  planSprites,
  posterCommand,
  renderSpriteTrack,
  spriteCommand,
  spriteSource,
  toArguments,
} from '../src/index.ts';
import { encodeSource } from './encode-source.ts';
import { fastH264, motion, videoSource } from './fixtures/film.ts';
import { makeSource } from './fixtures/make-source.ts';
import { cornerColours, upright } from './fixtures/source-fixture.ts';
import { packageRenditions } from './package-renditions.ts';
import { runForBytes, runTool } from './run-tool.ts';

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-stills-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('poster', () => {
  it('is not black for a clip that fades in, and exists for a black clip', async () => {
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
      await runTool('ffmpeg', toArguments(posterCommand(path, poster, 'typical')));
      expect(await size(poster), name).toBeGreaterThan(name === 'black' ? 100 : 4000);
    }
  });

  it('is the frame at a time, and the last one where there is none so late', async () => {
    // Black, then white from 2 s on; its last frame is red.
    const filters =
      "geq=lum='if(gte(T,2),235,16)':cb=128:cr=128,drawbox=t=fill:color=red:enable='gte(t,2.9)'";
    const make = ['-f', 'lavfi', '-i', `color=s=320x240:r=10:d=3,${filters}`, ...fastH264];
    const { path } = await makeSource({ fileName: 'changes.mp4', make }, directory);
    const poster = join(directory, 'at-time.jpg');
    const shown = async (frame: Parameters<typeof posterCommand>[2]) => {
      await rm(poster, { force: true });
      await runTool('ffmpeg', toArguments(posterCommand(path, poster, frame)));
      if (!(await stat(poster).catch(() => null))?.size) return 'nothing';
      const pixels = await readJpeg(poster);
      return [...pixels.subarray(0, 3)].map((value) => (value > 128 ? 1 : 0)).join('');
    };
    expect([await shown({ seconds: 1.9 }), await shown({ seconds: 2 })]).toEqual(['000', '111']);
    expect([await shown({ seconds: 2.95 }), await shown('last')]).toEqual(['nothing', '100']);
  });

  it('has the colours of the video when decoded as browsers do', async () => {
    const source = await makeSource(
      { fileName: 'still.mp4', make: [...videoSource(), ...fastH264] },
      directory,
    );
    const { pathOf } = await encodeSource(source.path, source.directory);
    const poster = join(directory, 'poster.jpg');
    await runTool('ffmpeg', toArguments(posterCommand(pathOf('h264-240'), poster)));
    expectQuarters(await readJpeg(poster), 320, { x: 0, y: 0, width: 320, height: 240 });
  });
});

describe('sprites', () => {
  it('show a key frame every two seconds in order, the rest of the sheet is empty', async () => {
    const make = [...videoSource({ seconds: 9, size: '426x240', rate: '25', flashAt: 4 }), ...fastH264];
    const source = await makeSource({ fileName: 'nine.mp4', make }, directory);
    const { plan, pathOf } = await encodeSource(source.path, source.directory);
    const { tracks } = await packageRenditions(plan, pathOf);
    const track = spriteSource(createPresentation(tracks));
    if (!track) throw new TypeError('the case has no video');
    const sprites = planSprites(track);
    const target = join(source.directory, spriteSheetPattern);
    await runTool('ffmpeg', toArguments(spriteCommand(sprites, pathOf(track.trackId), target)));

    expect((await readdir(source.directory)).filter((name) => name.startsWith('sprite-'))).toEqual([
      'sprite-1.jpg',
    ]);
    const places = [...renderSpriteTrack(sprites).matchAll(/^sprite-1\.jpg#xywh=(\d+),(\d+),(\d+),(\d+)$/gm)];
    expect(places).toHaveLength(5);
    const sheet = await readJpeg(join(source.directory, 'sprite-1.jpg'));
    const sheetWidth = sprites.columns * sprites.tileSize.width;
    expect(sheet).toHaveLength(sheetWidth * sprites.rows * sprites.tileSize.height * 3);
    places.forEach(([, ...numbers], index) => {
      const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
      const brightness = Math.min(...colourAt(sheet, sheetWidth, x + width / 4, y + height / 4));
      // The one at 4 s is the flash.
      if (index === 2) expect(brightness).toBeGreaterThan(240);
      else expectQuarters(sheet, sheetWidth, { x, y, width, height });
    });
    expect(colourAt(sheet, sheetWidth, 2.5 * 160, 1.5 * 90)).toEqual([0, 0, 0]);
  });

  it('use several sheets', async () => {
    const make = [...motion('2', 260, { size: '64x48' }), ...fastH264, '-g', '4', '-keyint_min', '4'];
    const source = await makeSource({ fileName: 'long.mp4', make }, directory);
    const { plan, pathOf } = await encodeSource(source.path, source.directory);
    const { tracks } = await packageRenditions(plan, pathOf);
    const [track] = tracks;
    if (!track) throw new TypeError('the case has no video');
    const sprites = planSprites(track);
    expect(sprites).toMatchObject({ sheetCount: 2, tileSize: { width: 64, height: 48 } });
    const target = join(source.directory, spriteSheetPattern);
    await runTool('ffmpeg', toArguments(spriteCommand(sprites, pathOf(track.trackId), target)));
    const sheets = (await readdir(source.directory)).filter((name) => name.startsWith('sprite-'));
    expect(sheets.toSorted()).toEqual(['sprite-1.jpg', 'sprite-2.jpg']);
  });
});

/** RGB as a browser decodes it: BT.601 in full range. */
function readJpeg(path: string): Promise<Buffer> {
  const convert = 'scale=in_color_matrix=bt601:in_range=pc:flags=full_chroma_int+accurate_rnd,format=rgb24';
  return runForBytes('ffmpeg', ['-v', 'error', '-i', path, '-vf', convert, '-f', 'rawvideo', '-']);
}

function colourAt(pixels: Buffer, width: number, x: number, y: number): number[] {
  const start = (Math.floor(y) * width + Math.floor(x)) * 3;
  return [...pixels.subarray(start, start + 3)];
}

function expectQuarters(
  pixels: Buffer,
  imageWidth: number,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
) {
  const places = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.75, 0.75],
    [0.25, 0.75],
  ] as const;
  places.forEach(([across, down], corner) => {
    const wanted = cornerColours[upright[corner] ?? 'red'];
    const seen = colourAt(pixels, imageWidth, x + across * width, y + down * height);
    seen.forEach((part, channel) => {
      expect(Math.abs(part - (wanted[channel] ?? 0)), `${upright[corner]}: ${seen}`).toBeLessThanOrEqual(10);
    });
  });
}
