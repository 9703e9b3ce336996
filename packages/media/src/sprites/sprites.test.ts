import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildVideoTrack } from '../../test/build-track-manifest.ts';
import { toArguments } from '../command/ffmpeg-command.ts';
import { spriteCommand } from '../command/sprite-command.ts';
import { createPresentation } from '../playlists/presentation.ts';
import { planSprites, spriteSource } from './plan-sprites.ts';
import { renderSpriteTrack } from './render-sprite-track.ts';

/** A track with this many segments of 6 s and three key frames each. */
const trackOf = (segmentCount: number, changes: Parameters<typeof buildVideoTrack>[1] = {}) =>
  buildVideoTrack('h264-240', { sizesBytes: Array(segmentCount).fill(1000), ...changes });

describe('planSprites', () => {
  it.each([
    ['half a minute', 5, 1, 15, '4x4', 1],
    ['a quarter of an hour', 150, 1, 450, '10x10', 5],
    ['half an hour', 300, 2, 450, '10x10', 5],
    ['a film of two hours', 1200, 10, 360, '10x10', 4],
    ['twelve hours', 7200, 60, 360, '10x10', 4],
    ['two days', 28_800, 173, 500, '10x10', 5],
  ])('%s', (_, segments, everyKeyFrames, tileCount, grid, sheetCount) => {
    const plan = planSprites(trackOf(segments));
    expect(plan).toMatchObject({ everyKeyFrames, sheetCount });
    expect(plan.tiles).toHaveLength(tileCount);
    expect(`${plan.columns}x${plan.rows}`).toBe(grid);
  });

  it.each([
    ['landscape', 426, 240, 160, 90],
    ['portrait', 240, 426, 90, 160],
    ['tiny, not upscaled', 64, 48, 64, 48],
    ['a line', 1000, 2, 160, 2],
  ])('makes tiles of %s', (_, width, height, tileWidth, tileHeight) => {
    const { tileSize } = planSprites(trackOf(1, { width, height }));
    expect(tileSize).toEqual({ width: tileWidth, height: tileHeight });
  });

  it('has no gap, no tile outside of the sheets and no empty sheet for any duration', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1200 }),
        fc.integer({ min: 1, max: 6 }),
        (segments, lastSeconds) => {
          const { tiles, columns, rows, sheetCount } = planSprites(trackOf(segments, { lastSeconds }));
          expect(tiles[0]?.startSeconds).toBe(0);
          expect(tiles.at(-1)?.endSeconds).toBe((segments - 1) * 6 + lastSeconds);
          expect(tiles.slice(1).map(({ startSeconds }) => startSeconds)).toEqual(
            tiles.slice(0, -1).map(({ endSeconds }) => endSeconds),
          );
          expect(tiles.length).toBeLessThanOrEqual(500);
          expect(tiles.length).toBeLessThanOrEqual(columns * rows * sheetCount);
          expect(tiles.length).toBeGreaterThan(columns * rows * (sheetCount - 1));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('spriteSource', () => {
  const source = (...tracks: ReturnType<typeof buildVideoTrack>[]) =>
    spriteSource(createPresentation(tracks))?.trackId;
  const large = buildVideoTrack('h264-720');
  const small = buildVideoTrack('h264-240', { width: 426, height: 240 });
  const tiny = buildVideoTrack('h264-48', { width: 64, height: 48 });
  const hdr = buildVideoTrack('hevc-144', {
    codec: 'hvc1.2.4.L60.90',
    width: 256,
    height: 144,
    videoRange: 'PQ',
  });

  it('is the smallest in standard range that is not smaller than a tile', () => {
    expect(source(large, small, tiny, hdr)).toBe('h264-240');
    expect(source(tiny)).toBe('h264-48');
    expect(source(hdr)).toBeUndefined();
  });
});

it('renders cues that refer to areas of sheets', () => {
  const track = trackOf(40, { width: 426, height: 240, lastSeconds: 1.5 });
  const lines = renderSpriteTrack(planSprites(track)).split('\n');
  expect(lines.slice(0, 6)).toEqual([
    'WEBVTT',
    '',
    '00:00:00.000 --> 00:00:02.000',
    'sprite-1.jpg#xywh=0,0,160,90',
    '',
    '00:00:02.000 --> 00:00:04.000',
  ]);
  expect(lines).toContain('sprite-1.jpg#xywh=1440,810,160,90');
  expect(lines.slice(-4)).toEqual([
    '',
    '00:03:54.000 --> 00:03:55.500',
    'sprite-2.jpg#xywh=1120,90,160,90',
    '',
  ]);
});

it('decodes key frames of a finished rendition only', () => {
  const plan = planSprites(trackOf(1200, { width: 426, height: 240 }));
  const argv = toArguments(spriteCommand(plan, '/v.mp4', '/out/sprite-%d.jpg'));
  expect(argv.slice(argv.indexOf('-protocol_whitelist'))).toEqual([
    ...[
      '-protocol_whitelist',
      'file',
      '-f',
      'mov',
      '-skip_frame',
      'nokey',
      '-i',
      '/v.mp4',
      '-map',
      '0:v:0',
      '-vf',
    ],
    "select='not(mod(n,10))',scale=160:90:flags=area:out_color_matrix=bt601:out_range=pc," +
      'format=yuvj420p,setsar=1,tile=10x10',
    ...[
      '-fps_mode',
      'passthrough',
      '-q:v',
      '5',
      '-pix_fmt',
      'yuvj420p',
      '-f',
      'image2',
      '/out/sprite-%d.jpg',
    ],
  ]);
});
