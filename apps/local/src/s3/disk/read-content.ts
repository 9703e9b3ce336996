import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ByteRange } from '../core/byte-range.ts';
import type { ContentFile } from './object-record.ts';

/** Large enough for few system calls, small enough for many parallel readers. */
const readBytes = 128 * 1024;

/** Streams a range of the content files of an object. Opens one file at a time. */
export function readContent(
  directory: string,
  content: readonly ContentFile[],
  range: ByteRange | undefined,
): Readable {
  const slices = sliceFiles(content, range);
  const [only] = slices;
  if (only !== undefined && slices.length === 1) return openSlice(directory, only);
  return Readable.from(concatenate(directory, slices), { objectMode: false, highWaterMark: readBytes });
}

interface FileSlice {
  readonly file: string;
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

function sliceFiles(content: readonly ContentFile[], range: ByteRange | undefined): FileSlice[] {
  const slices: FileSlice[] = [];
  let offset = 0;
  for (const { file, sizeBytes } of content) {
    const start = Math.max(0, (range?.firstByte ?? 0) - offset);
    const end = Math.min(sizeBytes - 1, (range?.lastByte ?? Number.POSITIVE_INFINITY) - offset);
    if (start <= end) slices.push({ file, start, end });
    offset += sizeBytes;
  }
  return slices;
}

function openSlice(directory: string, slice: FileSlice) {
  const { start, end } = slice;
  return createReadStream(join(directory, slice.file), { start, end, highWaterMark: readBytes });
}

async function* concatenate(directory: string, slices: readonly FileSlice[]) {
  for (const slice of slices) yield* openSlice(directory, slice) as AsyncIterable<Buffer>;
}
