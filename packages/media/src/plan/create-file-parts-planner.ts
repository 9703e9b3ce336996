import type { KeyFrameTimes } from '../observe/packet-times.ts';
import type { ByteRange, FileParts } from '../scan/find-file-header.ts';
import { firstIndex } from './first-index.ts';

/** A unit that needs more of the file than this reads all of it. */
const maxShare = 0.7;
/** Key frames beyond the part that is decoded: ffmpeg may begin earlier, and reads ahead. */
const keyFramesBeyond = 2;

export interface DecodedPart {
  /** In seconds on the source's clock; null for the beginning and the end of the file. */
  readonly fromSeconds: number | null;
  readonly untilSeconds: number | null;
}

/** @returns null where all of the file has to be read */
type FilePartsPlanner = (part: DecodedPart) => FileParts | null;

/**
 * Finds the bytes of a file that a unit needs: its header, and the packets from a key frame before the part to one after it.
 * A video may have a million key frames and hundreds of units: all of the key frames are compared only once.
 * @param keyFrameTimes sorted
 * @param header null where the file has to be read whole
 */
export function createFilePartsPlanner(
  keyFrameTimes: readonly KeyFrameTimes[],
  header: FileParts | null,
): FilePartsPlanner {
  if (header === null || !isInOrder(keyFrameTimes)) return () => null;
  const { sizeBytes } = header;
  const countUntil = (seconds: number) =>
    firstIndex(keyFrameTimes, ({ presentationSeconds }) => presentationSeconds > seconds);
  const offsetOf = (index: number) => keyFrameTimes[index]?.byteOffset;
  return ({ fromSeconds, untilSeconds }) => {
    const from = fromSeconds === null ? 0 : (offsetOf(countUntil(fromSeconds) - keyFramesBeyond) ?? 0);
    const after = untilSeconds === null ? keyFrameTimes.length : countUntil(untilSeconds);
    const to = offsetOf(after + keyFramesBeyond - 1) ?? sizeBytes;
    const ranges = joinRanges([...header.ranges, { from, to }]);
    const neededBytes = ranges.reduce((sum, range) => sum + range.to - range.from, 0);
    return neededBytes > maxShare * sizeBytes ? null : { sizeBytes, ranges };
  };
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
