import { type Box, findBox, readBoxes } from '../cmaf/boxes.ts';
import type { RangeReader } from '../crop/range-reader.ts';
import { readMovieBox } from './read-movie-box.ts';

/** Bytes to overwrite in a file. */
export interface FileRepair {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * Tracks of MP4 or MOV whose edit list starts before the first key frame that their table (`stss`) names. Players decode
 * from the first sample; ffmpeg shows nothing until that key frame. The repair names the first sample as the first key
 * frame. Source: ISO/IEC 14496-12, 8.6.2 (stss) and 8.6.6 (elst).
 * @returns one repair for each such track; none for a damaged file
 */
export async function findKeyFrameRepairs(read: RangeReader): Promise<FileRepair[]> {
  const movie = await readMovieBox(read);
  if (movie === null) return [];
  try {
    const [box] = readBoxes(movie.bytes);
    const tracks = box ? readBoxes(box.payload).filter(({ type }) => type === 'trak') : [];
    return tracks.flatMap((track) => repairOf(track, movie) ?? []);
  } catch {
    return [];
  }
}

function repairOf(track: Box, movie: { offset: number; bytes: Uint8Array }): FileRepair | null {
  const sampleTable = findBox(track, 'mdia', 'minf', 'stbl');
  const [edits, keyFrames, times] = [
    findBox(track, 'edts', 'elst'),
    sampleTable && findBox(sampleTable, 'stss'),
    sampleTable && findBox(sampleTable, 'stts'),
  ];
  if (!edits || !keyFrames || !times || keyFrames.payload.length < 12) return null;
  const firstKeyFrame = viewOf(keyFrames).getUint32(8);
  const startTicks = startOf(edits);
  if (firstKeyFrame <= 1 || startTicks >= decodeTicksOf(times, firstKeyFrame)) return null;
  const firstEntry = keyFrames.payload.byteOffset + 8 - movie.bytes.byteOffset;
  return { offset: movie.offset + firstEntry, bytes: new Uint8Array([0, 0, 0, 1]) };
}

/** The media time of the first edit that is not empty; infinite if there is none. */
function startOf(edits: Box): number {
  const view = viewOf(edits);
  const isLong = view.getUint8(0) === 1;
  for (let offset = 8; offset + (isLong ? 20 : 12) <= view.byteLength; offset += isLong ? 20 : 12) {
    const mediaTicks = isLong ? Number(view.getBigInt64(offset + 8)) : view.getInt32(offset + 4);
    if (mediaTicks >= 0) return mediaTicks;
  }
  return Number.POSITIVE_INFINITY;
}

/** @param sample counted from 1 */
function decodeTicksOf(times: Box, sample: number): number {
  const view = viewOf(times);
  let before = sample - 1;
  let ticks = 0;
  for (let offset = 8; offset + 8 <= view.byteLength && before > 0; offset += 8) {
    const count = Math.min(before, view.getUint32(offset));
    ticks += count * view.getUint32(offset + 4);
    before -= count;
  }
  return ticks;
}

function viewOf({ payload }: Box): DataView {
  return new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
}
