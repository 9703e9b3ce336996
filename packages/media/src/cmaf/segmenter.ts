import type { Fragment } from './read-fragment.ts';
import type { Gop } from './track-manifest.ts';
import { encodeFourCharacterCodes, uint32s, writeBox } from './write-box.ts';

/** A segment that has no file name yet. */
export interface CutSegment {
  readonly bytes: Uint8Array;
  readonly startTicks: number;
  readonly endTicks: number;
  readonly frameCount: number;
  readonly gops: Gop[];
}

/** Collects fragments and returns a segment when enough for one more segment has arrived after it. */
export interface Segmenter {
  push(fragment: Fragment): CutSegment[];
  end(): CutSegment[];
}

/** `styp` of a CMAF segment. Source: ISO/IEC 14496-12, 8.16.2; ISO/IEC 23000-19, 7.2. */
export const segmentTypeBox = writeBox(
  'styp',
  encodeFourCharacterCodes('cmfs'),
  uint32s(0),
  encodeFourCharacterCodes('cmfs', 'msdh'),
);
