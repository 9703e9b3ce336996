import type { SegmentGrid } from './segment-grid.ts';
import { type CutSegment, type Segmenter, segmentTypeBox } from './segmenter.ts';
import { type AudioFrame, writeAudioFragment } from './write-audio-fragment.ts';
import { concatenateBytes } from './write-box.ts';

/**
 * Cuts audio before the first frame that starts at or after a multiple of the segment duration, independent of the
 * encoder's fragments, and writes one fragment per segment. A cut is made once what follows is long enough for a last segment.
 */
export function createAudioSegmenter(grid: SegmentGrid, trackNumber: number): Segmenter {
  let frames: AudioFrame[] = [];
  /** Of the first frame after the next cut; null before it has arrived. */
  let nextIndex: number | null = null;
  let sequenceNumber = 0;

  function cut(count = frames.length): CutSegment[] {
    const [first, ...others] = frames.slice(0, count);
    frames = frames.slice(count);
    nextIndex = null;
    if (first === undefined) return [];
    sequenceNumber += 1;
    const last = others.at(-1) ?? first;
    const fragment = writeAudioFragment(trackNumber, sequenceNumber, [first, ...others]);
    return [
      {
        bytes: concatenateBytes([segmentTypeBox, fragment]),
        startTicks: first.decodeTicks,
        endTicks: last.decodeTicks + last.durationTicks,
        frameCount: others.length + 1,
        gops: [],
      },
    ];
  }

  return {
    push(fragment) {
      const finished: CutSegment[] = [];
      for (const { decodeTicks, durationTicks, offsetBytes, sizeBytes } of fragment.samples) {
        const first = frames[0];
        if (nextIndex === null && first && grid.indexAt(decodeTicks) > grid.indexAt(first.decodeTicks)) {
          nextIndex = frames.length;
        }
        const data = fragment.bytes.subarray(offsetBytes, offsetBytes + sizeBytes);
        frames.push({ decodeTicks, durationTicks, data });
        const next = nextIndex === null ? undefined : frames[nextIndex];
        if (nextIndex !== null && next && grid.isLongEnough(decodeTicks + durationTicks - next.decodeTicks)) {
          finished.push(...cut(nextIndex));
        }
      }
      return finished;
    },
    end: () => cut(),
  };
}
