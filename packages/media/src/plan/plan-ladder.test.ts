import { type CodecLadder, defaultLadderConfig } from '@fyrestream/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planLadder, scaledSize } from './plan-ladder.ts';

const [ladder] = defaultLadderConfig.ladders as [CodecLadder];
const source = (
  width: number,
  height: number,
  bitrateBitsPerSecond: number | null = null,
  codec = 'h264',
) => ({
  displaySize: { width, height },
  bitrateBitsPerSecond,
  codec,
});
const sizesOf = (...given: Parameters<typeof source>) =>
  planLadder(source(...given), ladder).renditions.map(({ width, height }) => `${width}x${height}`);
const ceilingsOf = (...given: Parameters<typeof source>) =>
  planLadder(source(...given), ladder).renditions.map((rung) => rung.maximumBitrateBitsPerSecond);

describe('planLadder', () => {
  it.each([
    ['Full HD', 1920, 1080, ['1920x1080', '1280x720', '854x480', '640x360', '426x240']],
    ['a phone held upright', 1080, 1920, ['1080x1920', '720x1280', '480x854', '360x640', '240x426']],
    ['8K', 7680, 4320, ['1920x1080', '1280x720', '854x480', '640x360', '426x240']],
    ['a wide film', 1920, 800, ['1728x720', '1152x480', '864x360', '576x240']],
    ['a crop just below 720', 1280, 690, ['1280x690', '890x480', '668x360', '446x240']],
    ['PAL', 1024, 576, ['1024x576', '854x480', '640x360', '426x240']],
    ['slightly above a rung, which it replaces', 960, 540, ['960x540', '640x360', '426x240']],
    ['slightly larger than a rung', 864, 486, ['854x480', '640x360', '426x240']],
    ['above the largest rung', 2560, 1440, ['1920x1080', '1280x720', '854x480', '640x360', '426x240']],
    ['a square', 500, 500, ['480x480', '360x360', '240x240']],
    ['an odd 2577x1080', 2577, 1080, ['2576x1080', '1718x720', '1146x480', '860x360', '572x240']],
    ['below every rung', 161, 121, ['160x120']],
    ['tiny', 64, 48, ['64x48']],
    ['a few pixels', 10, 12, ['10x12']],
    ['a line', 1001, 1, ['1000x2']],
  ])('%s', (_, width, height, sizes) => {
    expect(sizesOf(width, height)).toEqual(sizes);
  });

  it('gives a reason for every rung that is used or dropped', () => {
    const { renditions, dropped } = planLadder(source(1280, 720, 2_000_000), ladder);
    expect(renditions.map(({ id, why }) => `${id}: ${why}`)).toEqual([
      "h264-720: short edge 720 of 720 in the source; ceiling 2000 kb/s, follows the source's 2000 kb/s of h264",
      "h264-480: short edge 480 of 720 in the source; ceiling 1089 kb/s, follows the source's 2000 kb/s of h264",
      "h264-360: short edge 360 of 720 in the source; ceiling 707 kb/s, follows the source's 2000 kb/s of h264",
      "h264-240: short edge 240 of 720 in the source; ceiling 384 kb/s, follows the source's 2000 kb/s of h264",
    ]);
    expect(dropped).toEqual([
      {
        codec: 'h264',
        shortEdgePixels: 1080,
        reason: 'would-upscale',
        why: "the source's short edge is 720: it would be upscaled",
      },
    ]);
  });

  it('gives a source between two rungs the upper one at the size of the source, with a lower bitrate', () => {
    const [top] = planLadder(source(1280, 690), ladder).renditions;
    expect(top).toMatchObject({ id: 'h264-690', maximumBitrateBitsPerSecond: 2_626_836 });
    expect(top?.why).toBe(
      '690 is between 480 and 720, and 480 is less than 0.9 of it: a rung at its own size; ' +
        "ceiling 2627 kb/s, the source's bitrate is unknown",
    );
    const [tiny] = planLadder(source(64, 48), ladder).renditions;
    expect(tiny).toMatchObject({ id: 'h264-48', maximumBitrateBitsPerSecond: 35_777 });
    expect(tiny?.why).toContain('the source is smaller than every rung: one at its own size, 48');
  });

  it('follows the bitrate of the source, weighted by the efficiency of its codec', () => {
    expect(ceilingsOf(1920, 1080, 1_200_000)[0]).toBe(1_200_000);
    expect(ceilingsOf(1920, 1080, 1_200_000, 'hevc')[0]).toBe(2_000_000);
    expect(ceilingsOf(1920, 1080, 1_200_000, 'mpeg2video')[0]).toBe(600_000);
  });

  it('ignores a source bitrate that is implausibly low', () => {
    expect(ceilingsOf(1920, 1080, 5)).toEqual([500_000, 280_000, 140_000, 80_000, 40_000]);
  });

  it('drops a rung whose ceiling is too close to the one above', () => {
    const rung = (shortEdgePixels: number, maximumBitrateBitsPerSecond: number) => ({
      ...{ shortEdgePixels, maximumBitrateBitsPerSecond, constantRateFactor: 23 },
    });
    const close: CodecLadder = {
      codec: 'h264',
      speed: 'veryfast',
      rungs: [rung(1080, 5_000_000), rung(900, 4_000_000), rung(720, 3_000_000)],
    };
    const { renditions, dropped } = planLadder(source(1920, 1080), close);
    expect(renditions.map(({ id }) => id)).toEqual(['h264-1080', 'h264-720']);
    expect(dropped).toMatchObject([{ shortEdgePixels: 900, reason: 'too-close-to-upper' }]);
  });

  it('drops AV1 rungs that are too small for its encoder', () => {
    const av1: CodecLadder = { codec: 'av1', speed: 8, rungs: ladder.rungs };
    expect(planLadder(source(64, 48), av1)).toMatchObject({
      renditions: [],
      dropped: expect.arrayContaining([
        { codec: 'av1', shortEdgePixels: 48, reason: 'below-codec-minimum', why: expect.any(String) },
      ]),
    });
  });
});

describe('properties of every ladder', () => {
  const edge = fc.integer({ min: 2, max: 9000 });
  const bitrate = fc.option(fc.integer({ min: 1, max: 400_000_000 }), { nil: null });
  const sources = fc.record({
    displaySize: fc.record({ width: edge, height: edge }),
    bitrateBitsPerSecond: bitrate,
    codec: fc.constantFrom('h264', 'hevc', 'av1', 'mpeg2video', 'prores', null),
  });
  const rungs = fc
    .uniqueArray(fc.integer({ min: 8, max: 1080 }), { minLength: 1, maxLength: 8 })
    .map((halves) =>
      halves
        .toSorted((left, right) => right - left)
        .map((half) => ({
          shortEdgePixels: 2 * half,
          constantRateFactor: 23,
          maximumBitrateBitsPerSecond: half * 9000,
        })),
    );
  const ladders = rungs.map((list): CodecLadder => ({ codec: 'h264', speed: 'veryfast', rungs: list }));

  it('never upscales, keeps the aspect within a pixel, has even sizes and strictly decreasing ceilings', () => {
    fc.assert(
      fc.property(sources, ladders, (given, preset) => {
        const { renditions, dropped } = planLadder(given, preset);
        expect(renditions.length).toBeGreaterThan(0);
        expect(renditions.length + dropped.length).toBeGreaterThanOrEqual(preset.rungs.length);
        const { width: fullWidth, height: fullHeight } = given.displaySize;
        let above = Number.POSITIVE_INFINITY;
        for (const { width, height, maximumBitrateBitsPerSecond } of renditions) {
          expect([width % 2, height % 2]).toEqual([0, 0]);
          expect(width <= fullWidth && height <= fullHeight).toBe(true);
          const isLandscape = fullWidth >= fullHeight;
          const exact = isLandscape ? (fullWidth * height) / fullHeight : (fullHeight * width) / fullWidth;
          expect(Math.abs((isLandscape ? width : height) - exact)).toBeLessThanOrEqual(1);
          expect(maximumBitrateBitsPerSecond).toBeLessThan(above);
          above = maximumBitrateBitsPerSecond;
        }
        const [top] = renditions.map(({ width, height }) => Math.min(width, height));
        const edge = Math.min(fullWidth, fullHeight, preset.rungs[0]?.shortEdgePixels ?? 0);
        // Rounding to even sizes may lose a pixel.
        expect(top).toBeGreaterThanOrEqual(Math.min(edge * 0.9, edge - 1));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the size of a source that equals a rung', () => {
    fc.assert(
      fc.property(edge, edge, (width, height) => {
        const even = { width: width * 2, height: height * 2 };
        expect(scaledSize(even, Math.min(even.width, even.height))).toEqual(even);
      }),
    );
  });
});
