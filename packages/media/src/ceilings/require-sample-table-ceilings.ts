import { MediaRefusal } from '../media-refusal.ts';
import { mediaCeilings } from './media-ceilings.ts';
import { descendantBoxes, type UntrustedBox } from './read-untrusted-boxes.ts';

/** Shorter tracks may be repeated more often: a still image. */
const repeatedMarginSeconds = 60;

/**
 * Checks the tables of a track. Source: ISO/IEC 14496-12, 8.6 and 8.7.
 * @returns the number of samples for which ffprobe would use memory
 * @throws MediaRefusal
 */
export function requireSampleTableCeilings(
  { payload }: UntrustedBox,
  movieHeader: UntrustedBox | undefined,
): number {
  const boxes = descendantBoxes(payload);
  const contentOf = (type: string) => boxes.find((box) => box.type === type)?.payload ?? new Uint8Array();
  const times = readRuns(contentOf('stts'));
  const offsets = readRuns(contentOf('ctts'));
  const sizes = viewOf(contentOf('stsz'));
  const sampleCount = sizes.byteLength >= 12 ? sizes.getUint32(8) : 0;
  const timescale = timescaleOf(contentOf('mdhd'));
  const handler = String.fromCharCode(...contentOf('hdlr').subarray(8, 12));
  const mediaSeconds = times.total / timescale;
  if (handler === 'vide') requireVideoTimes(times.largest / timescale, mediaSeconds);
  requireEdits(contentOf('elst'), mediaSeconds, timescaleOf(movieHeader?.payload ?? new Uint8Array()));
  return Math.max(sampleCount, times.count, offsets.count);
}

function requireVideoTimes(longestFrameSeconds: number, seconds: number): void {
  if (longestFrameSeconds > mediaCeilings.frameGapSeconds)
    throw new MediaRefusal(
      'frame-gap-too-long',
      `A frame is shown for ${Math.round(longestFrameSeconds)} s.`,
    );
  if (seconds > mediaCeilings.durationSeconds)
    throw new MediaRefusal('too-long', `Its video plays ${Math.round(seconds)} s.`);
}

function requireEdits(payload: Uint8Array, mediaSeconds: number, timescale: number): void {
  const view = viewOf(payload);
  if (view.byteLength < 8) return;
  const count = view.getUint32(4);
  const { editListEntries, editListRepetitions, durationSeconds } = mediaCeilings;
  if (count > editListEntries) throw new MediaRefusal('edit-list-too-long', `It has ${count} entries.`);
  const isLong = view.getUint8(0) === 1;
  const entryBytes = isLong ? 20 : 12;
  let shown = 0;
  let empty = 0;
  for (let offset = 8; offset + entryBytes <= view.byteLength; offset += entryBytes) {
    const ticks = isLong ? Number(view.getBigUint64(offset)) : view.getUint32(offset);
    const start = isLong ? Number(view.getBigInt64(offset + 8)) : view.getInt32(offset + 4);
    if (start < 0) empty += ticks / timescale;
    else shown += ticks / timescale;
  }
  // Without a table of times the samples are in fragments, and the entry stands for all of them.
  if (count > 1 && mediaSeconds > 0 && shown > editListRepetitions * mediaSeconds + repeatedMarginSeconds)
    throw new MediaRefusal(
      'edit-list-too-long',
      `It shows ${mediaSeconds.toFixed(1)} s of media for ${Math.round(shown)} s.`,
    );
  if (empty > durationSeconds) throw new MediaRefusal('too-long', `It begins after ${Math.round(empty)} s.`);
}

/** Tables of runs: a count of samples with one value. @returns sums; the first counts samples, the second value times count */
function readRuns(payload: Uint8Array): { count: number; total: number; largest: number } {
  const view = viewOf(payload);
  let [count, total, largest] = [0, 0, 0];
  for (let offset = 8; offset + 8 <= view.byteLength; offset += 8) {
    const samples = view.getUint32(offset);
    // ffmpeg replaces negative values.
    const value = Math.max(0, view.getInt32(offset + 4));
    count += samples;
    total += samples * value;
    if (samples > 0) largest = Math.max(largest, value);
  }
  return { count, total, largest };
}

/** Of `mvhd` or `mdhd`; 1 if it has none. */
function timescaleOf(payload: Uint8Array): number {
  const view = viewOf(payload);
  if (view.byteLength < 24) return 1;
  return view.getUint32(view.getUint8(0) === 1 ? 20 : 12) || 1;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
