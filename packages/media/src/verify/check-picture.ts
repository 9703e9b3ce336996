import { atLeast, atMost, type Check, equals, notMeasurable } from './check.ts';
import { compareStamps, type Likeness, structuralSimilarity } from './compare-stamps.ts';
import type { PictureReference } from './encode-evidence.ts';
import { type StampSize, stampSizeBytes } from './reference-picture.ts';
import type { CollectedStamps } from './stamp-collector.ts';
import { blurredStamp, mirroredStamps } from './stamp-variants.ts';

/**
 * Calibrated in docs/decisions/0014-what-is-verified.md. An encoder without bits blurs, and drags the last picture along.
 * So how well a picture must fit follows from how well its reference fits itself when blurred: a landscape does, noise does
 * not. This is what has to be left where blurring changes nothing; it falls with the square.
 */
const leastStructureOfSmooth = 0.7;
/** References that fit their own blur less are noise: then other moments are no rivals, encoders keep them on purpose. */
const leastSmoothness = 0.7;
const mostBrightnessDifference = 8;
const mostColourDifference = 8;
/** By so much a mirrored picture or that of another moment may fit better: still scenes fit themselves at any time. */
const rivalMargin = 0.05;
/** Wrong moments that are no alarm: a flash or a cut that the encoder had no bits for. */
const mostWrongShare = 0.1;

/** The stamps that a unit kept of a branch's own frames, and the frame of the whole at which the unit begins. */
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
  /** How well it has to fit at least. */
  readonly leastStructure: number;
  /** How well the best of all wrong pictures fits: the reference mirrored, or that of another moment. */
  readonly rivalStructure: number;
}

function stampsOf({ bytes, size }: StoredReference): Uint8Array[] {
  const length = stampSizeBytes(size);
  return Array.from({ length: Math.floor(bytes.length / length) }, (_, index) =>
    bytes.subarray(index * length, (index + 1) * length),
  );
}

function judge(shown: Uint8Array, references: readonly Uint8Array[], index: number, size: StampSize): Moment {
  const own = references[index] ?? new Uint8Array(shown.length);
  const smoothness = structuralSimilarity(own, blurredStamp(own, size), size);
  const others = [references[0], references[index - 1], references[index + 1]];
  const isNoise = smoothness < leastSmoothness;
  const rivals = [
    ...mirroredStamps(own, size),
    ...(isNoise ? [] : others.filter((stamp) => stamp !== undefined)),
  ];
  return {
    ...compareStamps(own, shown, size),
    leastStructure: leastStructureOfSmooth * smoothness ** 2,
    rivalStructure: Math.max(...rivals.map((rival) => structuralSimilarity(rival, shown, size))),
  };
}

function summarise(trackId: string, moments: Moment[]): Check[] {
  const mean = (of: (moment: Moment) => number) =>
    moments.reduce((sum, moment) => sum + of(moment), 0) / moments.length;
  const isWrong = ({ structure, leastStructure, brightness, colour, rivalStructure }: Moment) =>
    structure < Math.max(leastStructure, rivalStructure - rivalMargin) ||
    brightness > mostBrightnessDifference ||
    colour > mostColourDifference;
  const structure = mean((moment) => moment.structure);
  const brightness = mean((moment) => moment.brightness);
  const colour = mean((moment) => moment.colour);
  const wrongShare = moments.filter(isWrong).length / moments.length;
  const of = (name: string, measured: number) => ({ name, subject: trackId, measured });
  return [
    atLeast(
      of('picture-structure', structure),
      mean((moment) => moment.leastStructure),
    ),
    atMost(of('picture-brightness', brightness), mostBrightnessDifference),
    atMost(of('picture-colour', colour), mostColourDifference),
    atMost(of('wrong-pictures-share', wrongShare), mostWrongShare),
  ];
}
