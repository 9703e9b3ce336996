import { atLeast, atMost, type Check, equals, notMeasurable } from './check.ts';
import { compareStamps, type Likeness } from './compare-stamps.ts';
import type { PictureReference } from './encode-evidence.ts';
import { stampSizeBytes } from './reference-picture.ts';
import type { CollectedStamps } from './stamp-collector.ts';

/**
 * Calibrated in docs/decisions/0008-what-is-verified.md: what honest encoders make of noise, grain, darkness and tiny
 * pictures stays on the right side of all of them, another picture does not.
 */
export const pictureBounds = {
  leastStructure: 0.6,
  mostBrightnessDifference: 12,
  mostColourDifference: 12,
  /** Moments worse than the bounds: a flash or a cut that the encoder had no bits for is no alarm. */
  mostWrongShare: 0.1,
};

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
  const likenesses = references.flatMap(({ firstFrame, frames, bytes, size }) =>
    frames.flatMap((frame, index): Likeness[] => {
      const own = stampOf.get(firstFrame + frame);
      const length = stampSizeBytes(size);
      const reference = bytes.subarray(index * length, (index + 1) * length);
      return own && reference.length === length ? [compareStamps(reference, own, size)] : [];
    }),
  );
  const expected = references.reduce((sum, { frameCount }) => sum + frameCount, 0);
  return [
    equals({ name: 'decoded-frames', subject: trackId, measured: decoded.frameCount }, expected),
    ...(likenesses.length === 0
      ? [notMeasurable('picture-likeness', trackId, 'no moment to compare')]
      : judge(trackId, likenesses)),
  ];
}

function judge(trackId: string, likenesses: Likeness[]): Check[] {
  const mean = (of: (likeness: Likeness) => number) =>
    likenesses.reduce((sum, likeness) => sum + of(likeness), 0) / likenesses.length;
  const wrong = likenesses.filter(
    ({ structure, brightness, colour }) =>
      structure < pictureBounds.leastStructure ||
      brightness > pictureBounds.mostBrightnessDifference ||
      colour > pictureBounds.mostColourDifference,
  );
  const of = (name: string, measured: number) => ({ name, subject: trackId, measured });
  return [
    atLeast(
      of(
        'picture-structure',
        mean(({ structure }) => structure),
      ),
      pictureBounds.leastStructure,
    ),
    atMost(
      of(
        'picture-brightness',
        mean(({ brightness }) => brightness),
      ),
      pictureBounds.mostBrightnessDifference,
    ),
    atMost(
      of(
        'picture-colour',
        mean(({ colour }) => colour),
      ),
      pictureBounds.mostColourDifference,
    ),
    atMost(of('wrong-pictures-share', wrong.length / likenesses.length), pictureBounds.mostWrongShare),
  ];
}
