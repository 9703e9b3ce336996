import { expect, it } from 'vitest';
import { findFileHeader } from './find-file-header.ts';

const mebibyte = 1024 * 1024;

/** A file of boxes of these sizes, of which only the headers exist. */
function fileOf(...boxes: [type: string, sizeBytes: number][]) {
  const headers = new Map<number, Buffer>();
  let offset = 0;
  for (const [type, sizeBytes] of boxes) {
    const header = Buffer.alloc(16);
    header.writeUInt32BE(sizeBytes > 0xffff_ffff ? 1 : sizeBytes);
    header.write(type, 4, 'latin1');
    header.writeBigUInt64BE(BigInt(sizeBytes), 8);
    headers.set(offset, header);
    offset += sizeBytes;
  }
  const read = async (at: number, length: number) => (headers.get(at) ?? Buffer.alloc(0)).subarray(0, length);
  return findFileHeader(read, offset);
}

it('is everything except media data, and the beginning of that', async () => {
  const sizeBytes = 20 + 8_000 * mebibyte + 500;
  expect(await fileOf(['ftyp', 20], ['mdat', 8_000 * mebibyte], ['moov', 500])).toEqual({
    sizeBytes,
    ranges: [
      { from: 0, to: 20 },
      { from: 20, to: 20 + 4 * mebibyte },
      { from: sizeBytes - 500, to: sizeBytes },
    ],
  });
});

it('is the whole of a fragmented or damaged file', async () => {
  expect(await fileOf(['ftyp', 20], ['moov', 500], ['moof', 100], ['mdat', 1_000])).toBeNull();
  expect(await findFileHeader(async () => Buffer.from('garbage in a file'), 1_000)).toBeNull();
});
