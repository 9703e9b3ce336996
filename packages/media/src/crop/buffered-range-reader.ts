import type { RangeReader } from './range-reader.ts';

/** The block size of disks. */
const blockBytes = 4_096;

/** Reads a block for each small range, so that headers that follow each other cost one read. */
export function bufferedRangeReader(read: RangeReader): RangeReader {
  let start = 0;
  let block: Uint8Array = new Uint8Array();
  return async (offset, lengthBytes) => {
    if (lengthBytes > blockBytes) return read(offset, lengthBytes);
    if (offset < start || offset + lengthBytes > start + block.length) {
      start = offset;
      block = await read(offset, blockBytes);
    }
    return block.subarray(offset - start, offset - start + lengthBytes);
  };
}
