import { type Box, findBox, readBoxes } from '../cmaf/boxes.ts';
import { readMovieBox } from '../scan/read-movie-box.ts';
import type { Crop } from './crop.ts';
import type { RangeReader } from './range-reader.ts';

/** The fields of a visual sample entry precede its boxes. */
const sampleEntryBytes = 78;

/**
 * The clean aperture of a track of MP4 or MOV. Source: ISO/IEC 14496-12, 12.1.4 (clap).
 * @param trackPosition position of the track in the movie
 */
export async function readCleanAperture(read: RangeReader, trackPosition: number): Promise<Crop | null> {
  const movie = await readMovieBox(read);
  const [box] = movie ? readBoxes(movie.bytes) : [];
  const tracks = box ? readBoxes(box.payload).filter(({ type }) => type === 'trak') : [];
  const track = tracks[trackPosition];
  const descriptions = track && findBox(track, 'mdia', 'minf', 'stbl', 'stsd');
  const [entry] = descriptions ? readBoxes(descriptions.payload.subarray(8)) : [];
  if (!entry || entry.payload.length <= sampleEntryBytes) return null;
  const view = viewOf(entry.payload);
  const coded = { width: view.getUint16(24), height: view.getUint16(26) };
  const aperture = readBoxes(entry.payload.subarray(sampleEntryBytes)).find(({ type }) => type === 'clap');
  return aperture ? cropOf(aperture, coded) : null;
}

function cropOf({ payload }: Box, coded: { width: number; height: number }): Crop | null {
  const view = viewOf(payload);
  const [width, height, horizontal, vertical] = [0, 8, 16, 24].map(
    (offset) => view.getInt32(offset) / view.getUint32(offset + 4),
  );
  if (![width, height, horizontal, vertical].every(Number.isFinite)) return null;
  const size = { width: Math.round(width ?? 0), height: Math.round(height ?? 0) };
  return {
    // The offsets are the distance between the centres.
    x: Math.round((coded.width - size.width) / 2 + (horizontal ?? 0)),
    y: Math.round((coded.height - size.height) / 2 + (vertical ?? 0)),
    size,
    pixelAspectRatio: null,
    why: `the clean aperture of the container (clap): ${size.width}x${size.height} of ${coded.width}x${coded.height} are to be seen`,
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
