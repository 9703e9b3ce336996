import { describe, expect, it } from 'vitest';
import type { FileParts } from '../scan/find-file-header.ts';
import { createFilePartsPlanner } from './create-file-parts-planner.ts';

/** An MP4 of 1,000 s with a key frame every 10 s and its index in front: 10 bytes of video a second. */
const header: FileParts = { sizeBytes: 10_100, ranges: [{ from: 0, to: 150 }] };
const keys = Array.from({ length: 100 }, (_, index) => ({
  presentationSeconds: index * 10,
  decodeSeconds: index * 10,
  byteOffset: 100 + index * 100,
}));

const planFileParts = createFilePartsPlanner(keys, header);

describe('createFilePartsPlanner', () => {
  it('reads the header, and the packets from a key frame before the part to one after it', () => {
    expect(planFileParts({ fromSeconds: 200, untilSeconds: 305 })).toEqual({
      sizeBytes: 10_100,
      ranges: [
        { from: 0, to: 150 },
        { from: 2000, to: 3300 },
      ],
    });
  });

  it('reads the beginning and the end of the file for the first and the last part', () => {
    expect(planFileParts({ fromSeconds: null, untilSeconds: 95 })?.ranges).toEqual([{ from: 0, to: 1200 }]);
    expect(planFileParts({ fromSeconds: 900, untilSeconds: null })?.ranges.at(-1)).toEqual({
      from: 9000,
      to: 10_100,
    });
  });

  it('reads all of a file of which a unit needs the most, or whose packets are in another order', () => {
    expect(planFileParts({ fromSeconds: 100, untilSeconds: 900 })).toBeNull();
    const part = { fromSeconds: 200, untilSeconds: 305 };
    expect(createFilePartsPlanner(keys.toReversed(), header)(part)).toBeNull();
    const withoutOffsets = keys.map(({ byteOffset: _, ...times }) => times);
    expect(createFilePartsPlanner(withoutOffsets, header)(part)).toBeNull();
    expect(createFilePartsPlanner(keys, null)(part)).toBeNull();
  });

  it('does not compare all key frames again for each unit of an all-intra video', () => {
    let reads = 0;
    const counted = keys.map(({ byteOffset, ...times }) => ({
      ...times,
      get byteOffset() {
        reads++;
        return byteOffset;
      },
    }));
    const plan = createFilePartsPlanner(counted, header);
    const readsOnce = reads;
    for (let unit = 0; unit < 50; unit++) plan({ fromSeconds: unit * 20, untilSeconds: unit * 20 + 20 });
    expect(reads - readsOnce).toBeLessThanOrEqual(100);
  });
});
