import { type Chunk, maxChunks } from './chunk.ts';

const packetBytes = 188;
const headerBytes = 4;

/** The packets of an MPEG transport stream. Source: ISO/IEC 13818-1, 2.4.3. */
export function listTransportChunks(bytes: Buffer): Chunk[] {
  const count = Math.min(maxChunks, Math.floor(bytes.length / packetBytes));
  return Array.from({ length: count }, (_, index) => {
    const start = index * packetBytes;
    const pid = bytes.length > start + 2 ? bytes.readUInt16BE(start + 1) & 0x1f_ff : 0;
    const end = start + packetBytes;
    return { name: `packet ${pid}`, start, bodyStart: start + headerBytes, end, size: null };
  });
}
