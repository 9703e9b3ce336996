import { type Chunk, maxChunks } from './chunk.ts';

/** Elements that hold elements, by their id in hexadecimal. Source: RFC 9559, section 5. */
const masters: Readonly<Record<string, string>> = {
  ...{
    '1a45dfa3': 'EBML',
    '18538067': 'Segment',
    '114d9b74': 'SeekHead',
    '4dbb': 'Seek',
    '1549a966': 'Info',
  },
  ...{ '1654ae6b': 'Tracks', ae: 'TrackEntry', e0: 'Video', e1: 'Audio', '55b0': 'Colour' },
  ...{ '1f43b675': 'Cluster', a0: 'BlockGroup', '1c53bb6b': 'Cues', bb: 'CuePoint', b7: 'CueTrackPositions' },
  ...{
    '1254c367': 'Tags',
    '7373': 'Tag',
    '63c0': 'Targets',
    '67c8': 'SimpleTag',
    '6d80': 'ContentEncodings',
  },
};
const leaves: Readonly<Record<string, string>> = { a3: 'SimpleBlock', a1: 'Block', ec: 'Void' };

/** The elements of a Matroska or WebM file at all levels. */
export function listMatroskaChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  listElements(bytes, { from: 0, to: bytes.length, path: '' }, chunks);
  return chunks;
}

function listElements(
  bytes: Buffer,
  { from, to, path }: { from: number; to: number; path: string },
  chunks: Chunk[],
): void {
  let start = from;
  while (start < to && chunks.length < maxChunks) {
    const idBytes = lengthOfNumber(bytes[start] ?? 0);
    const sizeAt = start + idBytes;
    const sizeBytes = lengthOfNumber(bytes[sizeAt] ?? 0);
    const bodyStart = sizeAt + sizeBytes;
    if (idBytes > 4 || sizeBytes > 8 || bodyStart > to) return;
    const stated = readSize(bytes, sizeAt, sizeBytes);
    const end = stated === null ? to : bodyStart + stated;
    if (end > to) return;
    const id = bytes.toString('hex', start, sizeAt);
    const name = path + (masters[id] ?? leaves[id] ?? id);
    const size = { offset: sizeAt, bytes: sizeBytes, encoding: 'ebml' as const, addedBytes: 0 };
    chunks.push({ name, start, bodyStart, end, size });
    if (masters[id] !== undefined)
      listElements(bytes, { from: bodyStart, to: end, path: `${name}/` }, chunks);
    start = end;
  }
}

/** The leading zero bits of the first byte give the length, from 1 to 8 bytes; 9 if there is no length. */
function lengthOfNumber(firstByte: number): number {
  return Math.clz32(firstByte) - 23;
}

/** @returns null for an unknown size: all bits are 1 */
function readSize(bytes: Buffer, offset: number, length: number): number | null {
  let value = BigInt((bytes[offset] ?? 0) & (0xff >> length));
  for (let index = 1; index < length; index += 1) value = (value << 8n) | BigInt(bytes[offset + index] ?? 0);
  return value === (1n << BigInt(7 * length)) - 1n ? null : Number(value);
}
