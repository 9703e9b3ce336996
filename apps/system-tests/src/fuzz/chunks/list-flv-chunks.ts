import { type Chunk, maxChunks } from './chunk.ts';

const headerBytes = 9;
const tagHeaderBytes = 11;
/** Behind each tag: the size of the tag, again. */
const trailerBytes = 4;
const types: Readonly<Record<number, string>> = { 8: 'audio', 9: 'video', 18: 'script' };

/** The tags of an FLV file, each with the trailer behind it. Source: Adobe Flash Video File Format 10.1, annex E. */
export function listFlvChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  let start = headerBytes + trailerBytes;
  while (start + tagHeaderBytes <= bytes.length && chunks.length < maxChunks) {
    const bodyStart = start + tagHeaderBytes;
    const end = bodyStart + bytes.readUIntBE(start + 1, 3) + trailerBytes;
    if (end > bytes.length) break;
    const name = types[bytes[start] ?? 0] ?? 'unknown';
    const size = { offset: start + 1, bytes: 3, encoding: 'big-endian' as const, addedBytes: -trailerBytes };
    chunks.push({ name, start, bodyStart, end, size });
    start = end;
  }
  return chunks;
}
