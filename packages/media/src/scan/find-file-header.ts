import type { RangeReader } from '../crop/range-reader.ts';

/** Bytes `from` to `to`, the latter not included. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Parts of a file of this size. */
export interface FileParts {
  readonly sizeBytes: number;
  readonly ranges: ByteRange[];
}

const maxTopLevelBoxes = 100;
/** ffmpeg reads the first packets of a file before it seeks. */
const openingBytes = 4 * 1024 * 1024;

/**
 * What ffmpeg reads of an MP4 or MOV before it seeks: all boxes except the media data, and the beginning of that. Source: ISO/IEC
 * 14496-12, 4.2 and 8.1.1.
 * @returns null for a fragmented file, whose index is spread over the file, and for one that is damaged
 */
export async function findFileHeader(read: RangeReader, sizeBytes: number): Promise<FileParts | null> {
  const ranges: ByteRange[] = [];
  let offset = 0;
  for (let count = 0; offset < sizeBytes; count++) {
    const header = await read(offset, 16);
    if (header.length < 8 || count === maxTopLevelBoxes) return null;
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const shortSize = view.getUint32(0);
    const isLong = shortSize === 1 && header.length === 16;
    // 0: to the end of the file.
    const boxBytes = isLong ? Number(view.getBigUint64(8)) : shortSize || sizeBytes - offset;
    const type = String.fromCharCode(...header.subarray(4, 8));
    if (boxBytes < 8 || offset + boxBytes > sizeBytes || type === 'moof') return null;
    const readBytes = type === 'mdat' ? Math.min(boxBytes, openingBytes) : boxBytes;
    ranges.push({ from: offset, to: offset + readBytes });
    offset += boxBytes;
  }
  return { sizeBytes, ranges };
}
