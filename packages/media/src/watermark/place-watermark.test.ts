import { watermarkSchema } from '@fyrestream/events';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeWatermark } from './place-watermark.ts';

const logo = { width: 400, height: 100 };
const watermark = watermarkSchema.parse({ image: 'logo.png' });

it.each([
  ['bottom-right', { x: 1578, y: 954 }],
  ['bottom-left', { x: 54, y: 954 }],
  ['top-right', { x: 1578, y: 54 }],
  ['top-left', { x: 54, y: 54 }],
] as const)(
  'has 15%% of the width and a safe area of 5%% of the short edge in the corner %s',
  (corner, place) => {
    expect(placeWatermark(logo, { width: 1920, height: 1080 }, { ...watermark, corner })).toEqual({
      ...{ width: 288, height: 72 },
      ...place,
    });
  },
);

it('is shown whole where it is too high for the picture', () => {
  const place = placeWatermark(
    { width: 100, height: 1000 },
    { width: 640, height: 360 },
    { ...watermark, size: 0.5 },
  );
  expect(place).toEqual({ width: 32, height: 324, x: 590, y: 18 });
});

it('is even, inside the margins, and keeps its aspect ratio, whatever the sizes', () => {
  const edge = fc.integer({ min: 8, max: 2160 }).map((half) => 2 * half);
  const picture = fc.record({ width: edge, height: edge });
  const image = fc.record({
    width: fc.integer({ min: 1, max: 4096 }),
    height: fc.integer({ min: 1, max: 4096 }),
  });
  const options = fc.record({
    corner: fc.constantFrom(...(['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const)),
    size: fc.double({ min: 0.01, max: 1, noNaN: true }),
    margin: fc.double({ min: 0, max: 0.25, noNaN: true }),
  });
  fc.assert(
    fc.property(image, picture, options, (size, frame, wanted) => {
      const { x, y, width, height } = placeWatermark(size, frame, wanted);
      expect([x, y, width, height].map((pixels) => pixels % 2)).toEqual([0, 0, 0, 0]);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(2);
      const margin = wanted.margin * Math.min(frame.width, frame.height) - 2;
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(Math.max(0, margin));
      expect(x + width).toBeLessThanOrEqual(frame.width - Math.max(0, margin));
      expect(y + height).toBeLessThanOrEqual(frame.height - Math.max(0, margin));
      if (Math.min(width, height) > 2)
        expect(Math.abs(width - (height * size.width) / size.height)).toBeLessThanOrEqual(
          1 + size.width / size.height,
        );
    }),
  );
});
