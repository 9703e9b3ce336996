import type { RangeReader } from '../crop/range-reader.ts';

/** The index of a film of one day has about 100 MB; larger ones are not read. */
const maxMovieBytes = 256 * 1024 * 1024;
const maxTopLevelBoxes = 10_000;

/**
 * The `moov` box of MP4 or MOV, with its header, and its position in the file; null if there is none or it is too large.
 * Source: ISO/IEC 14496-12, 4.2 and 8.2.1.
 */
export async function readMovieBox(read: RangeReader): Promise<{ offset: number; bytes: Uint8Array } | null> {
  let offset = 0;
  for (let count = 0; count < maxTopLevelBoxes; count++) {
    const header = await read(offset, 16);
    if (header.length < 8) return null;
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const shortSize = view.getUint32(0);
    const sizeBytes = shortSize === 1 && header.length === 16 ? Number(view.getBigUint64(8)) : shortSize;
    if (String.fromCharCode(...header.subarray(4, 8)) === 'moov')
      return sizeBytes > maxMovieBytes ? null : { offset, bytes: await read(offset, sizeBytes) };
    if (sizeBytes < 8) return null;
    offset += sizeBytes;
  }
  return null;
}
