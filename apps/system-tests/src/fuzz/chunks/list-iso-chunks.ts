import { type Chunk, maxChunks } from './chunk.ts';

/** Boxes that hold boxes, and the bytes in front of these. Source: ISO/IEC 14496-12, QuickTime File Format. */
const containers: Readonly<Record<string, number>> = {
  ...{ moov: 0, trak: 0, mdia: 0, minf: 0, dinf: 0, stbl: 0, edts: 0, udta: 0, mvex: 0, moof: 0, traf: 0 },
  ...{ mfra: 0, ilst: 0, gmhd: 0, tref: 0, wave: 0, meta: 4, stsd: 8, dref: 8 },
  ...{ avc1: 78, mp4v: 78, mp4a: 28, lpcm: 28, tx3g: 38 },
};

/** The boxes of an MP4 or QuickTime file at all levels. */
export function listIsoChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  listBoxes(bytes, { from: 0, to: bytes.length, path: '' }, chunks);
  return chunks;
}

function listBoxes(
  bytes: Buffer,
  { from, to, path }: { from: number; to: number; path: string },
  chunks: Chunk[],
) {
  let start = from;
  while (start + 8 <= to && chunks.length < maxChunks) {
    const stated = bytes.readUInt32BE(start);
    const type = bytes.toString('latin1', start + 4, start + 8);
    const end = stated === 0 ? to : start + stated;
    if ((stated !== 0 && stated < 8) || end > to || !/^[\x20-\x7e\xa9]{4}$/.test(type)) return;
    const name = path + type;
    const size = { offset: start, bytes: 4, encoding: 'big-endian' as const, addedBytes: 8 };
    chunks.push({ name, start, bodyStart: start + 8, end, size });
    const skipped = containers[type];
    if (skipped !== undefined)
      listBoxes(bytes, { from: start + 8 + skipped, to: end, path: `${name}/` }, chunks);
    start = end;
  }
}
