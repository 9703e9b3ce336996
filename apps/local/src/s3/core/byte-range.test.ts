import { describe, expect, it } from 'vitest';
import { parseByteRange, parseCopyRange } from './byte-range.ts';

describe('parseByteRange', () => {
  it.each([
    [undefined, 10, 'whole'],
    ['bytes=0-4', 10, { firstByte: 0, lastByte: 4 }],
    ['bytes=5-', 10, { firstByte: 5, lastByte: 9 }],
    ['bytes=-3', 10, { firstByte: 7, lastByte: 9 }],
    ['bytes=-30', 10, { firstByte: 0, lastByte: 9 }],
    ['bytes=9-99', 10, { firstByte: 9, lastByte: 9 }],
    ['bytes=10-', 10, 'unsatisfiable'],
    ['bytes=-0', 10, 'unsatisfiable'],
    ['bytes=-1', 0, 'unsatisfiable'],
    ['bytes=0-', 0, 'unsatisfiable'],
    ['bytes=4-3', 10, 'whole'],
    ['bytes=0-1,3-4', 10, 'whole'],
    ['lines=0-1', 10, 'whole'],
    ['bytes=-', 10, 'whole'],
  ])('%s of %i bytes', (header, sizeBytes, range) => {
    expect(parseByteRange(header, sizeBytes)).toEqual(range);
  });
});

describe('parseCopyRange', () => {
  it.each([
    ['bytes=0-9', { firstByte: 0, lastByte: 9 }],
    ['bytes=0-10', undefined],
    ['bytes=5-', undefined],
    ['bytes=5-4', undefined],
  ])('%s of 10 bytes', (header, range) => {
    expect(parseCopyRange(header, 10)).toEqual(range);
  });
});
