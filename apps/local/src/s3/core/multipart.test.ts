import { describe, expect, it } from 'vitest';
import { multipartETag } from './e-tag.ts';
import { multipartLimits, planCompletion, type UploadedPart } from './multipart.ts';

const big = multipartLimits.minPartBytes;

function part(partNumber: number, sizeBytes = big): UploadedPart {
  return { partNumber, sizeBytes, eTag: `e${partNumber}`, lastModifiedMillis: 0, checksum: `c${partNumber}` };
}

const uploaded = new Map(
  [part(1), part(2), part(3, big - 1), part(9, 0)].map((one) => [one.partNumber, one]),
);
const ask = (...numbers: number[]) => numbers.map((partNumber) => ({ partNumber, eTag: `"e${partNumber}"` }));

describe('planCompletion', () => {
  it.each([
    [[1], [1]],
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
    [
      [2, 9],
      [2, 9],
    ],
  ])('accepts the parts %j', (numbers, taken) => {
    const plan = planCompletion(uploaded, ask(...numbers));
    expect(plan.complete && plan.parts.map(({ partNumber }) => partNumber)).toEqual(taken);
  });

  it.each([
    ['MalformedXML', []],
    ['MalformedXML', ask(...Array.from({ length: 10_001 }, (_, index) => index + 1))],
    ['InvalidPartOrder', ask(2, 1)],
    ['InvalidPartOrder', ask(1, 1)],
    ['InvalidPartOrder', ask(0)],
    ['InvalidPart', ask(4)],
    ['InvalidPart', [{ partNumber: 1, eTag: '"e2"' }]],
    ['InvalidPart', [{ partNumber: 1, eTag: '"e1"', checksum: 'c2' }]],
    ['EntityTooSmall', ask(3, 9)],
  ])('refuses with %s: %o', (code, requested) => {
    expect(planCompletion(uploaded, requested)).toMatchObject({ complete: false, code });
  });

  it('requires a checksum for each part where the upload declared one', () => {
    expect(planCompletion(uploaded, ask(1), true)).toMatchObject({ complete: false, code: 'InvalidRequest' });
    const [asked] = ask(1);
    const withChecksum = [{ partNumber: 1, eTag: asked?.eTag ?? '', checksum: 'c1' }];
    expect(planCompletion(uploaded, withChecksum, true)).toMatchObject({ complete: true });
  });
});

describe('multipartETag', () => {
  it('is the MD5 of the MD5s and the number of parts', () => {
    const empty = 'd41d8cd98f00b204e9800998ecf8427e';
    expect(multipartETag([empty])).toBe('59adb24ef3cdbe0297f05b395827453f-1');
  });
});
