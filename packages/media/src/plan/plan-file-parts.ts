import type { KeyFrameTimes } from '../observe/packet-times.ts';
import type { ByteRange, FileParts } from '../scan/find-file-header.ts';

/** A unit that needs more of the file than this reads all of it. */
const maxShare = 0.7;
/** Key frames beyond the part that is decoded: ffmpeg may begin earlier, and reads ahead. */
const keyFramesBeyond = 2;

export interface DecodedPart {
  /** In seconds on the source's clock; null for the beginning and the end of the file. */
  readonly fromSeconds: number | null;
  readonly untilSeconds: number | null;
}

/**
 * The bytes of a file that a unit needs: its header, and the packets from a key frame before the part to one after it.
 * @param header null where the file has to be read whole
 * @returns null where all of the file has to be read
 */
export function planFileParts(
  { fromSeconds, untilSeconds }: DecodedPart,
  keyFrameTimes: readonly KeyFrameTimes[],
  header: FileParts | null,
): FileParts | null {
  if (header === null || !isInOrder(keyFrameTimes)) return null;
  const { sizeBytes } = header;
  const before = keyFrameTimes.filter(({ presentationSeconds }) => presentationSeconds <= (fromSeconds ?? 0));
  const after = keyFrameTimes.filter(
    ({ presentationSeconds }) => presentationSeconds > (untilSeconds ?? Number.POSITIVE_INFINITY),
  );
  const from = fromSeconds === null ? 0 : (before.at(-keyFramesBeyond)?.byteOffset ?? 0);
  const to = after[keyFramesBeyond - 1]?.byteOffset ?? sizeBytes;
  const ranges = joinRanges([...header.ranges, { from, to }]);
  const neededBytes = ranges.reduce((sum, range) => sum + range.to - range.from, 0);
  return neededBytes > maxShare * sizeBytes ? null : { sizeBytes, ranges };
}

/** Whether the packets of key frames are in the file in the order of their times. */
function isInOrder(keyFrameTimes: readonly KeyFrameTimes[]): boolean {
  return keyFrameTimes.every(
    ({ byteOffset }, index) =>
      byteOffset !== undefined && (index === 0 || byteOffset > (keyFrameTimes[index - 1]?.byteOffset ?? 0)),
  );
}

function joinRanges(ranges: readonly ByteRange[]): ByteRange[] {
  const joined: ByteRange[] = [];
  for (const { from, to } of ranges.toSorted((left, right) => left.from - right.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else joined.push({ from, to });
  }
  return joined;
}
