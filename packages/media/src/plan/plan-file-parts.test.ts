import { describe, expect, it } from 'vitest';
import type { FileParts } from '../scan/find-file-header.ts';
import { planFileParts } from './plan-file-parts.ts';

/** An MP4 of 1,000 s with a key frame every 10 s and its index in front: 10 bytes of video a second. */
const header: FileParts = { sizeBytes: 10_100, ranges: [{ from: 0, to: 150 }] };
const keys = Array.from({ length: 100 }, (_, index) => ({
  presentationSeconds: index * 10,
  decodeSeconds: index * 10,
  byteOffset: 100 + index * 100,
}));

describe('planFileParts', () => {
  it('reads the header, and the packets from a key frame before the part to one after it', () => {
    expect(planFileParts({ fromSeconds: 200, untilSeconds: 305 }, keys, header)).toEqual({
      sizeBytes: 10_100,
      ranges: [
        { from: 0, to: 150 },
        { from: 2000, to: 3300 },
      ],
    });
  });

  it('reads the beginning and the end of the file for the first and the last part', () => {
    expect(planFileParts({ fromSeconds: null, untilSeconds: 95 }, keys, header)?.ranges).toEqual([
      { from: 0, to: 1200 },
    ]);
    expect(planFileParts({ fromSeconds: 900, untilSeconds: null }, keys, header)?.ranges.at(-1)).toEqual({
      from: 9000,
      to: 10_100,
    });
  });

  it('reads all of a file of which a unit needs the most, or whose packets are in another order', () => {
    expect(planFileParts({ fromSeconds: 100, untilSeconds: 900 }, keys, header)).toBeNull();
    const part = { fromSeconds: 200, untilSeconds: 305 };
    expect(planFileParts(part, keys.toReversed(), header)).toBeNull();
    const withoutOffsets = keys.map(({ byteOffset: _, ...times }) => times);
    expect(planFileParts(part, withoutOffsets, header)).toBeNull();
    expect(planFileParts(part, keys, null)).toBeNull();
  });
});
