import { atLeast, atMost, type Check, equals, notMeasurable } from './check.ts';
import { compareStamps, type Likeness, structuralSimilarity } from './compare-stamps.ts';
import type { PictureReference } from './encode-evidence.ts';
import { type StampSize, stampSizeBytes } from './reference-picture.ts';
import type { CollectedStamps } from './stamp-collector.ts';

/**
 * Calibrated in docs/decisions/0009-what-is-verified.md: what honest encoders make of noise, grain, darkness and tiny
 * pictures stays on the right side of all of them, another picture does not.
 */
const leastStructure = 0.4;
const mostBrightnessDifference = 8;
const mostColourDifference = 8;
/** By so much a mirrored picture or that of another moment may fit better: still scenes fit themselves at any time. */
const rivalMargin = 0.05;
/** Wrong moments that are no alarm: a flash or a cut that the encoder had no bits for. */
const mostWrongShare = 0.1;

/** The stamps that units kept of a branch's own frames, with the frame at which each unit begins. */
export interface StoredReference extends PictureReference {
  readonly firstFrame: number;
  readonly bytes: Uint8Array;
}

/** The numbers of all frames that are compared. */
export function referenceFrames(references: readonly StoredReference[]): Set<number> {
  return new Set(references.flatMap(({ firstFrame, frames }) => frames.map((frame) => firstFrame + frame)));
}

/** The wrong-picture alarm: what a rendition shows at some moments against what its encoder was given then. */
export function checkPicture(
  trackId: string,
  references: readonly StoredReference[],
  decoded: CollectedStamps,
): Check[] {
  const stampOf = new Map(decoded.frames.map((frame, index) => [frame, decoded.stamps[index]]));
  const moments = references.flatMap((reference) => {
    const stamps = stampsOf(reference);
    return reference.frames.flatMap((frame, index): Moment[] => {
      const shown = stampOf.get(reference.firstFrame + frame);
      return shown ? [judge(shown, stamps, index, reference.size)] : [];
    });
  });
  const expected = references.reduce((sum, { frameCount }) => sum + frameCount, 0);
  return [
    equals({ name: 'decoded-frames', subject: trackId, measured: decoded.frameCount }, expected),
    ...(moments.length === 0
      ? [notMeasurable('picture-structure', trackId, 'no moment to compare')]
      : summarise(trackId, moments)),
  ];
}

interface Moment extends Likeness {
  /** Whether the reference mirrored, or that of another moment, fits better. */
  readonly isBeaten: boolean;
}

function stampsOf({ bytes, size }: StoredReference): Uint8Array[] {
  const length = stampSizeBytes(size);
  return Array.from({ length: Math.floor(bytes.length / length) }, (_, index) =>
    bytes.subarray(index * length, (index + 1) * length),
  );
}

function judge(shown: Uint8Array, references: readonly Uint8Array[], index: number, size: StampSize): Moment {
  const own = references[index] ?? new Uint8Array(shown.length);
  const likeness = compareStamps(own, shown, size);
  const others = [references[0], references[index - 1], references[index + 1]];
  const rivals = [...mirrored(own, size), ...others.filter((stamp) => stamp !== undefined)];
  const isBeaten = rivals.some(
    (rival) => structuralSimilarity(rival, shown, size) > likeness.structure + rivalMargin,
  );
  return { ...likeness, isBeaten };
}

/** The luma of a stamp mirrored left to right, top to bottom, and both: turned around. */
function mirrored(stamp: Uint8Array, { width, height }: StampSize): Uint8Array[] {
  const luma = stamp.subarray(0, width * height);
  const turned = luma.toReversed();
  const rowsReversed = new Uint8Array(luma.length);
  for (let y = 0; y < height; y++) {
    rowsReversed.set(luma.subarray((height - 1 - y) * width, (height - y) * width), y * width);
  }
  return [turned, rowsReversed, rowsReversed.toReversed()];
}

function summarise(trackId: string, moments: Moment[]): Check[] {
  const mean = (of: (moment: Moment) => number) =>
    moments.reduce((sum, moment) => sum + of(moment), 0) / moments.length;
  const isWrong = ({ structure, brightness, colour, isBeaten }: Moment) =>
    isBeaten ||
    structure < leastStructure ||
    brightness > mostBrightnessDifference ||
    colour > mostColourDifference;
  const of = (name: string, measured: number) => ({ name, subject: trackId, measured });
  return [
    atLeast(
      of(
        'picture-structure',
        mean(({ structure }) => structure),
      ),
      leastStructure,
    ),
    atMost(
      of(
        'picture-brightness',
        mean(({ brightness }) => brightness),
      ),
      mostBrightnessDifference,
    ),
    atMost(
      of(
        'picture-colour',
        mean(({ colour }) => colour),
      ),
      mostColourDifference,
    ),
    atMost(of('wrong-pictures-share', moments.filter(isWrong).length / moments.length), mostWrongShare),
  ];
}
