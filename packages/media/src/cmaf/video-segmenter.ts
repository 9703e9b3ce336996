import { packagingError } from './packaging-error.ts';
import type { Fragment } from './read-fragment.ts';
import type { SegmentGrid } from './segment-grid.ts';
import { type CutSegment, type Segmenter, segmentTypeBox } from './segmenter.ts';
import type { Gop } from './track-manifest.ts';
import { concatenateBytes, uint64 } from './write-box.ts';

interface PendingGop {
  readonly fragment: Fragment;
  /** Presentation time of the key frame. */
  readonly startTicks: number;
  /** Presentation time of the first frame; before the key frame in an open GOP. */
  readonly firstTicks: number;
  readonly endTicks: number;
}

/**
 * Puts whole GOPs, one fragment each, into segments; a segment starts with the first GOP whose key frame is presented
 * at or after a multiple of the segment duration, if what follows is long enough for a last segment. The bytes of moof and
 * mdat stay as the encoder wrote them, except for decode times in a later unit of a longer track.
 * @param offsetTicks added to presentation times: the unit's start minus the offset of the edit list
 * @param shiftTicks added to decode times: the unit's start
 */
export function createVideoSegmenter(
  grid: SegmentGrid,
  { offsetTicks, shiftTicks }: { offsetTicks: number; shiftTicks: number },
): Segmenter {
  let pending: PendingGop[] = [];
  /** Of the first GOP after the next cut; null before it has arrived. */
  let nextIndex: number | null = null;

  function cut(count = pending.length): CutSegment[] {
    const gops = pending.slice(0, count);
    pending = pending.slice(count);
    nextIndex = null;
    return gops.length === 0 ? [] : [writeSegment(gops, shiftTicks)];
  }

  return {
    push(fragment) {
      const gop = readGop(fragment, offsetTicks);
      const first = pending[0] ?? gop;
      // The start of the next GOP decides, not the end of this one: renditions whose last frames differ are cut at the
      // same times.
      if (nextIndex === null && grid.indexAt(gop.startTicks) > grid.indexAt(first.startTicks)) {
        nextIndex = pending.length;
      }
      pending.push(gop);
      const next = nextIndex === null ? undefined : pending[nextIndex];
      if (nextIndex === null || next === undefined) return [];
      return grid.isLongEnough(gop.endTicks - next.startTicks) ? cut(nextIndex) : [];
    },
    end: () => cut(),
  };
}

function readGop(fragment: Fragment, offsetTicks: number): PendingGop {
  const [key] = fragment.samples;
  if (!key.isSync) throw packagingError('A video fragment does not begin with a key frame.');
  const startTicks = key.decodeTicks + key.compositionOffsetTicks + offsetTicks;
  let firstTicks = startTicks;
  let endTicks = startTicks;
  for (const sample of fragment.samples) {
    const shownTicks = sample.decodeTicks + sample.compositionOffsetTicks + offsetTicks;
    endTicks = Math.max(endTicks, shownTicks + sample.durationTicks);
    firstTicks = Math.min(firstTicks, shownTicks);
  }
  if (firstTicks < 0)
    throw packagingError('A frame would be presented before the start of the presentation.');
  return { fragment, startTicks, firstTicks, endTicks };
}

function writeSegment(pending: PendingGop[], shiftTicks: number): CutSegment {
  const bytes = concatenateBytes([segmentTypeBox, ...pending.map(({ fragment }) => fragment.bytes)]);
  const gops: Gop[] = [];
  let offsetBytes = segmentTypeBox.length;
  let endTicks = 0;
  let frameCount = 0;
  for (const gop of pending) {
    const { fragment, startTicks, firstTicks } = gop;
    const [key] = fragment.samples;
    if (shiftTicks > 0) {
      bytes.set(uint64(fragment.decodeTicks + shiftTicks), offsetBytes + fragment.decodeTimeOffsetBytes);
    }
    gops.push({
      startTicks,
      offsetBytes,
      keyFrameLengthBytes: key.offsetBytes + key.sizeBytes,
      frameCount: fragment.samples.length,
      closed: firstTicks === startTicks,
    });
    offsetBytes += fragment.bytes.length;
    endTicks = Math.max(endTicks, gop.endTicks);
    frameCount += fragment.samples.length;
  }
  return { bytes, startTicks: pending[0]?.firstTicks ?? 0, endTicks, frameCount, gops };
}
