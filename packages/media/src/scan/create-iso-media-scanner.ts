import type { SourceScanner } from './source-scan.ts';

/** The bytes read of each box: its header, and the number of a fragment (`moof` starts with `mfhd`). */
const headBytes = 24;

/**
 * Reads an MP4 or QuickTime file box by box. A second `ftyp` starts a second file; in fragmented files only if fragment
 * numbers start again, because an init segment may be repeated. Source: ISO/IEC 14496-12, 4.2, 8.8.5.
 */
export function createIsoMediaScanner(): SourceScanner {
  const numbers = new Set<number>();
  let head = new Uint8Array();
  let position = 0;
  let hasMedia = false;
  let repeatedTypeAt: number | null = null;
  let appendedAt: number | null = null;
  let lastNumber = 0;

  /** @returns the size of the box; infinity if it extends to the end of the file or is invalid */
  const readBox = (box: DataView, at: number): number => {
    const name = String.fromCharCode(...new Uint8Array(box.buffer, box.byteOffset + 4, 4));
    const shortSize = box.getUint32(0);
    const size = shortSize === 1 ? Number(box.getBigUint64(8)) : shortSize;
    if (name === 'ftyp' && hasMedia && appendedAt === null) repeatedTypeAt = at;
    if (name === 'mdat' && repeatedTypeAt !== null && numbers.size === 0) appendedAt ??= repeatedTypeAt;
    if (name === 'mdat' || name === 'moov') hasMedia = true;
    if (name === 'moof' && appendedAt === null) {
      const number = box.getUint32(20);
      if (repeatedTypeAt !== null && number <= lastNumber) appendedAt = repeatedTypeAt;
      else numbers.add(number);
      lastNumber = Math.max(lastNumber, number);
    }
    return size < 8 ? Number.POSITIVE_INFINITY : size;
  };

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length) {
        const wanted = headBytes - head.length;
        const piece = chunk.subarray(at, at + wanted);
        const both = new Uint8Array(head.length + piece.length);
        both.set(head);
        both.set(piece, head.length);
        head = both;
        at += piece.length;
        if (head.length < headBytes) return 0;
        const size = readBox(new DataView(head.buffer), position);
        position += size;
        // If a box is smaller than the bytes read, the rest belongs to the next box.
        head = head.slice(Math.min(size, headBytes));
        at += Math.max(0, size - headBytes);
      }
      return at - chunk.length;
    },
    end: () => ({
      appendedAtBytes: appendedAt,
      fragments: numbers.size,
      missingFragments: missingIn(numbers),
    }),
  };
}

/** Numbers normally increase by one; otherwise no conclusion is possible. */
function missingIn(numbers: ReadonlySet<number>): number {
  const sorted = [...numbers].toSorted((left, right) => left - right);
  const [first = 0] = sorted;
  const missing = (sorted.at(-1) ?? 0) - first + 1 - sorted.length;
  return sorted.length < 2 || missing > sorted.length ? 0 : missing;
}
