import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maxParts, maxUploadBytes, partCountOf, partSizeOf, sizeOfPart } from './part-layout.ts';

/** S3 refuses smaller parts, except the last. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const minPartBytes = 5 * 2 ** 20;
const maxPartBytes = 5 * 2 ** 30;

it('the parts of a file of any size are as S3 takes them, and together the file', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 1, max: 2 ** 30 }), fc.integer({ min: 1, max: maxUploadBytes })),
      (sizeBytes) => {
        const layout = { sizeBytes, partSizeBytes: partSizeOf(sizeBytes) };
        const count = partCountOf(layout);
        expect(count).toBeLessThanOrEqual(maxParts);
        expect(layout.partSizeBytes).toBeGreaterThanOrEqual(minPartBytes);
        expect(layout.partSizeBytes).toBeLessThanOrEqual(maxPartBytes);
        const last = sizeOfPart(count, layout);
        expect(last).toBeGreaterThan(0);
        expect((count - 1) * layout.partSizeBytes + last).toBe(sizeBytes);
      },
    ),
    { examples: [[1], [16 * 2 ** 20], [16 * 2 ** 20 + 1], [maxUploadBytes]] },
  );
});
