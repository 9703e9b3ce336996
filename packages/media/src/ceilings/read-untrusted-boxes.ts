import { MediaRefusal } from '../media-refusal.ts';
import { mediaCeilings } from './media-ceilings.ts';

/** A box of an untrusted file. */
export interface UntrustedBox {
  readonly type: string;
  readonly payload: Uint8Array;
}

/** The boxes that contain boxes; a track may be at any depth. Source: ISO/IEC 14496-12, 4.2; QuickTime: cmov. */
const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts', 'moof', 'traf', 'cmov']);
const maxDepth = 8;

/** Unlike `readBoxes`, ends without an error at the first box that is damaged. */
export function* childBoxes(bytes: Uint8Array): Generator<UntrustedBox> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let offset = 0; offset + 8 <= bytes.length; ) {
    const shortSize = view.getUint32(offset);
    const isLong = shortSize === 1 && offset + 16 <= bytes.length;
    const sizeBytes = isLong ? Number(view.getBigUint64(offset + 8)) : shortSize || bytes.length - offset;
    const headerBytes = isLong ? 16 : 8;
    if (sizeBytes < headerBytes) break;
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    yield { type, payload: bytes.subarray(offset + headerBytes, offset + sizeBytes) };
    offset += sizeBytes;
  }
}

/**
 * All boxes in these bytes, at any depth.
 * @throws MediaRefusal `movie-header-too-large`: each box costs far more memory than its eight bytes
 */
export function descendantBoxes(bytes: Uint8Array): UntrustedBox[] {
  const boxes: UntrustedBox[] = [];
  const collect = (parent: Uint8Array, depth: number) => {
    for (const box of childBoxes(parent)) {
      if (boxes.length >= mediaCeilings.headerBoxes)
        throw new MediaRefusal(
          'movie-header-too-large',
          `It has more than ${mediaCeilings.headerBoxes} boxes.`,
        );
      boxes.push(box);
      if (containers.has(box.type) && depth < maxDepth) collect(box.payload, depth + 1);
    }
  };
  collect(bytes, 0);
  return boxes;
}
