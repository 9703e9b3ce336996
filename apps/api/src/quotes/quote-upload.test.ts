import { settingsSchema } from '@fyrestream/events';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quoteRequestSchema, quoteView } from './quote-schema.ts';
import { quoteUpload } from './quote-upload.ts';

const settings = settingsSchema.parse({});
const quote = (source: Parameters<typeof quoteUpload>[0], changes: Partial<typeof settings> = {}) =>
  quoteUpload(source, { ...settings, ...changes }, 'us-east-1');
const film = { sizeBytes: 2e9, durationSeconds: 5_400, width: 1_920, height: 1_080 };

it('a Full HD film gets every rung of the default ladder, each with its reason', () => {
  const { renditions, dropped, assumed } = quote(film);
  expect(renditions.map(({ id }) => id)).toEqual([
    'h264-1080',
    'h264-720',
    'h264-480',
    'h264-360',
    'h264-240',
  ]);
  expect(renditions.every(({ why }) => why.includes('in the source'))).toBe(true);
  expect(dropped).toEqual([]);
  expect(assumed).toEqual([]);
});

it('says which facts it has assumed', () => {
  expect(quote({ sizeBytes: 1e9 }).assumed).toEqual(['durationSeconds', 'size']);
});

it('a job above the limit of the stack would be held', () => {
  expect(quote(film).isAboveLimit).toBe(false);
  expect(quote(film, { costLimitUsd: 0.01 }).isAboveLimit).toBe(true);
});

it('more workers end sooner and cost a little more', () => {
  const alone = quote(film, { maxWorkersPerJob: 1 });
  const together = quote(film, { maxWorkersPerJob: 4, targetMinutes: 1 });
  expect(together.workers).toBe(4);
  expect(together.elapsedSeconds).toBeLessThan(alone.elapsedSeconds / 2);
  expect(together.dollarsOnDemand).toBeGreaterThan(alone.dollarsOnDemand);
});

it('whatever a request says, the answer is one of the document', () => {
  const fact = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: undefined });
  fc.assert(
    fc.property(
      fc.record({
        sizeBytes: fc.integer({ min: 1, max: 5 * 2 ** 40 }),
        durationSeconds: fact(1_000_000),
        width: fact(65_536),
        height: fact(65_536),
      }),
      (request) => {
        const { sizeBytes, durationSeconds, width, height } = quoteRequestSchema.parse(request);
        const source = {
          sizeBytes,
          durationSeconds: durationSeconds ?? null,
          width: width ?? null,
          height: height ?? null,
        };
        quoteView.parse({ ...quote(source), profile: 'default', isCharged: true });
      },
    ),
  );
});
