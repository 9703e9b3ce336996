import { ByteReader } from './byte-reader.ts';
import { packagingError } from './packaging-error.ts';

/** One box: its position in the bytes it was read from, and its content after the header. */
export interface Box {
  readonly type: string;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly payloadOffset: number;
  readonly payload: Uint8Array;
}

export interface BoxHeader {
  readonly type: string;
  readonly sizeBytes: number;
  readonly headerBytes: number;
}

/**
 * The header of the box at the start of these bytes, or null if there are too few bytes. A size of 0 (to the end of the
 * file) is refused, as it is not allowed in a stream that is still being written. Source: ISO/IEC 14496-12, 4.2.
 */
export function readBoxHeader(bytes: Uint8Array): BoxHeader | null {
  if (bytes.length < 8) return null;
  const reader = new ByteReader(bytes);
  const shortSize = reader.uint32();
  const type = reader.fourCharacterCode();
  if (shortSize === 1 && bytes.length < 16) return null;
  const sizeBytes = shortSize === 1 ? reader.uint64() : shortSize;
  if (sizeBytes < reader.offset) {
    throw packagingError(`The box ${JSON.stringify(type)} has a size field of ${sizeBytes} bytes.`);
  }
  return { type, sizeBytes, headerBytes: reader.offset };
}

/** A file of two days with a fragment for each two seconds has 172,800. Each takes far more memory than its eight bytes. */
const maxBoxes = 200_000;

/** The consecutive boxes in these bytes, in their order. */
export function readBoxes(bytes: Uint8Array): Box[] {
  const boxes: Box[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const header = readBoxHeader(bytes.subarray(offset));
    if (header === null || offset + header.sizeBytes > bytes.length) {
      throw packagingError(`The box ${JSON.stringify(header?.type ?? '')} is longer than its parent.`);
    }
    const payloadOffset = offset + header.headerBytes;
    const payload = bytes.subarray(payloadOffset, offset + header.sizeBytes);
    if (boxes.length >= maxBoxes) throw packagingError(`There are more than ${maxBoxes} boxes.`);
    boxes.push({ type: header.type, offset, sizeBytes: header.sizeBytes, payloadOffset, payload });
    offset += header.sizeBytes;
  }
  return boxes;
}

/** The first box at this path of types below the given box; undefined if there is none. */
export function findBox(parent: Box, ...path: string[]): Box | undefined {
  let box: Box | undefined = parent;
  for (const type of path) box = box && readBoxes(box.payload).find((child) => child.type === type);
  return box;
}

/** Like findBox, for boxes that are required. */
export function requireBox(parent: Box, ...path: string[]): Box {
  const box = findBox(parent, ...path);
  if (box === undefined) throw packagingError(`There is no ${[parent.type, ...path].join('/')} box.`);
  return box;
}

/** Version and flags of a full box, with a reader at the first field after them. Source: ISO/IEC 14496-12, 4.2. */
export function openFullBox(box: Box): { version: number; flags: number; reader: ByteReader } {
  const reader = new ByteReader(box.payload);
  return { version: reader.uint8(), flags: reader.uint24(), reader };
}
