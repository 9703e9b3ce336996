import { type Chunk, maxChunks } from './chunk.ts';

/** The chunks of an AVI or WAV file at all levels. Source: RIFF, Multimedia Programming Interface 1.0. */
export function listRiffChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  listBelow(bytes, { from: 0, to: bytes.length, path: '' }, chunks);
  return chunks;
}

function listBelow(
  bytes: Buffer,
  { from, to, path }: { from: number; to: number; path: string },
  chunks: Chunk[],
) {
  let start = from;
  while (start + 8 <= to && chunks.length < maxChunks) {
    const type = bytes.toString('latin1', start, start + 4);
    const bodyStart = start + 8;
    const stated = bytes.readUInt32LE(start + 4);
    if (bodyStart + stated > to) return;
    // Odd bodies are followed by a byte that the size does not count.
    const end = Math.min(to, bodyStart + stated + (stated % 2));
    const isList = (type === 'RIFF' || type === 'LIST') && stated >= 4;
    const name = path + (isList ? bytes.toString('latin1', bodyStart, bodyStart + 4) : type);
    const size = { offset: start + 4, bytes: 4, encoding: 'little-endian' as const, addedBytes: 0 };
    chunks.push({ name, start, bodyStart, end, size });
    if (isList) listBelow(bytes, { from: bodyStart + 4, to: end, path: `${name}/` }, chunks);
    start = end;
  }
}
