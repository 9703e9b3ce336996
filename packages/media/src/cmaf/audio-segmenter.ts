import type { SegmentGrid } from './segment-grid.ts';
import { type CutSegment, type Segmenter, segmentTypeBox } from './segmenter.ts';
import { type AudioFrame, writeAudioFragment } from './write-audio-fragment.ts';
import { concatenateBytes } from './write-box.ts';

/**
 * Cuts audio before the first frame that starts at or after a multiple of the segment duration, independent of the
 * encoder's fragments, and writes one fragment per segment.
 */
export function createAudioSegmenter(grid: SegmentGrid, trackNumber: number): Segmenter {
  let frames: AudioFrame[] = [];
  let sequenceNumber = 0;

  function cut(): CutSegment[] {
    const [first, ...others] = frames;
    frames = [];
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
        if (first && grid.indexAt(decodeTicks) > grid.indexAt(first.decodeTicks)) finished.push(...cut());
        const data = fragment.bytes.subarray(offsetBytes, offsetBytes + sizeBytes);
        frames.push({ decodeTicks, durationTicks, data });
      }
      return finished;
    },
    end: cut,
  };
}
