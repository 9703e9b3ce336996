import { inflateSync } from 'node:zlib';
import { bufferedRangeReader } from '../crop/buffered-range-reader.ts';
import type { RangeReader } from '../crop/range-reader.ts';
import { MediaRefusal } from '../media-refusal.ts';
import { mediaCeilings } from './media-ceilings.ts';
import { childBoxes, descendantBoxes, type UntrustedBox } from './read-untrusted-boxes.ts';
import { requireSampleTableCeilings } from './require-sample-table-ceilings.ts';

/** As many fragments as are accepted and their media, some with indexes and events of their own. */
const maxTopLevelBoxes = 500_000;
const headerBytes = 16;

/**
 * Reads the index of an MP4 or QuickTime file before ffprobe does: a few bytes of it can stand for millions of samples,
 * for each of which ffprobe uses memory. What it does not understand it leaves to ffprobe and its limits.
 * @throws MediaRefusal `movie-header-too-large`, `metadata-too-large`, `sample-table-too-large`, `edit-list-too-long`,
 *   `frame-gap-too-long`, `too-long`
 */
export async function requireIsoCeilings(readFile: RangeReader, fileBytes: number): Promise<void> {
  const read = bufferedRangeReader(readFile);
  const sums = { samples: 0, fragments: 0 };
  let offset = 0;
  for (let count = 0; offset < fileBytes; count++) {
    if (count >= maxTopLevelBoxes)
      throw new MediaRefusal('movie-header-too-large', `It has more than ${maxTopLevelBoxes} boxes.`);
    const header = await read(offset, headerBytes);
    if (header.length < 8) return;
    const view = new DataView(header.buffer, header.byteOffset, header.length);
    const shortSize = view.getUint32(0);
    const type = String.fromCharCode(...header.subarray(4, 8));
    const stated =
      shortSize === 1 && header.length === headerBytes ? Number(view.getBigUint64(8)) : shortSize;
    const sizeBytes = shortSize === 0 ? fileBytes - offset : stated;
    if (sizeBytes < 8) return;
    if (type === 'moov' || type === 'moof') {
      if (Math.min(sizeBytes, fileBytes - offset) > mediaCeilings.movieHeaderBytes)
        throw new MediaRefusal('movie-header-too-large', `It has ${sizeBytes} bytes.`);
      const bytes = await read(offset, sizeBytes);
      const listed = readListed(childBoxes(bytes).next().value?.payload ?? new Uint8Array());
      sums.samples += listed.samples;
      sums.fragments += listed.fragments;
      requireSums(sums, fileBytes);
    }
    offset += sizeBytes;
  }
}

interface Listed {
  readonly samples: number;
  /** Each track of a fragment counts. */
  readonly fragments: number;
}

function requireSums({ samples, fragments }: Listed, fileBytes: number): void {
  if (samples > mediaCeilings.samplesPerFileByte * fileBytes)
    throw new MediaRefusal('sample-table-too-large', `It lists ${samples} samples in ${fileBytes} bytes.`);
  if (fragments > mediaCeilings.fragments)
    throw new MediaRefusal(
      'movie-header-too-large',
      `It has more than ${mediaCeilings.fragments} fragments.`,
    );
}

/** Checks the tracks of a `moov` or `moof`. @returns what it lists */
function readListed(header: Uint8Array): Listed {
  const boxes = decompressed(header) ?? header;
  const all = descendantBoxes(boxes);
  const metadataBytes = all
    .filter(({ type }) => type === 'udta' || type === 'meta')
    .reduce((sum, { payload }) => sum + payload.length, 0);
  if (metadataBytes > mediaCeilings.metadataBytes)
    throw new MediaRefusal('metadata-too-large', `It has ${metadataBytes} bytes of it.`);
  const fragmentSamples = all
    .filter(({ type }) => type === 'trun')
    .reduce((sum, box) => sum + samplesOfRun(box), 0);
  const movie = all.find(({ type }) => type === 'mvhd');
  return {
    samples: all
      .filter(({ type }) => type === 'trak')
      .reduce((sum, track) => sum + requireSampleTableCeilings(track, movie), fragmentSamples),
    fragments: all.filter(({ type }) => type === 'traf').length,
  };
}

/** Source: ISO/IEC 14496-12, 8.8.8. */
function samplesOfRun({ payload }: UntrustedBox): number {
  return payload.length < 8 ? 0 : new DataView(payload.buffer, payload.byteOffset).getUint32(4);
}

/** The boxes in a compressed header (QuickTime: cmov with dcom and cmvd); null if it is not compressed. */
function decompressed(header: Uint8Array): Uint8Array | null {
  const compressed = descendantBoxes(header).find(({ type }) => type === 'cmvd')?.payload;
  if (compressed === undefined || compressed.length < 4) return null;
  const { compressedMovieHeaderBytes: maxBytes } = mediaCeilings;
  const stated = new DataView(compressed.buffer, compressed.byteOffset).getUint32(0);
  if (stated > maxBytes) throw new MediaRefusal('movie-header-too-large', `It has ${stated} bytes.`);
  try {
    return inflateSync(compressed.subarray(4), { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new MediaRefusal('movie-header-too-large', `It has more than ${maxBytes} bytes.`, error);
    // Not deflate: ffprobe cannot read it either.
    return null;
  }
}
