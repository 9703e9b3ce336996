import { type Check, equals, maxCheck, minCheck, notMeasurable } from './check.ts';
import {
  compareFrameSignatures,
  type FrameComparison,
  structuralSimilarity,
} from './compare-frame-signatures.ts';
import { type FrameSignatureSize, frameSignatureBytes } from './frame-signature.ts';
import type { CollectedFrameSignatures } from './frame-signature-collector.ts';
import { blurredFrameSignature, mirroredFrameSignatures } from './frame-signature-variants.ts';
import type { VideoReference } from './reference-capture.ts';

/**
 * Calibrated in docs/decisions/0014-verification-and-its-limits.md. An encoder without enough bits blurs and repeats the previous frame.
 * So how well a picture must fit follows from how well its reference fits itself when blurred: a landscape does, noise does
 * not. This is what has to be left where blurring changes nothing; it falls with the square.
 */
const minStructureOfSmooth = 0.7;
/** References that fit their own blur less are noise: then other moments are no rivals, encoders keep them on purpose. */
const minSmoothness = 0.7;
const maxBrightnessDifference = 8;
const maxColourDifference = 8;
/** By so much a mirrored picture or that of another moment may fit better: still scenes fit themselves at any time. */
const alternativeMargin = 0.05;
/** Wrong moments that are no alarm: a flash or a cut that the encoder had no bits for. */
const maxWrongShare = 0.1;

/** The stamps that a unit kept of a branch's own frames, and the frame of the whole at which the unit begins. */
export interface StoredReference extends VideoReference {
  readonly firstFrame: number;
  readonly bytes: Uint8Array;
}

/** The numbers of all frames that are compared. */
export function referenceFrames(references: readonly StoredReference[]): Set<number> {
  return new Set(references.flatMap(({ firstFrame, frames }) => frames.map((frame) => firstFrame + frame)));
}

/** The wrong-picture alarm: what a rendition shows at some moments against what its encoder was given then. */
export function checkVideo(
  trackId: string,
  references: readonly StoredReference[],
  decoded: CollectedFrameSignatures,
): Check[] {
  const signatureOf = new Map(decoded.frames.map((frame, index) => [frame, decoded.signatures[index]]));
  const moments = references.flatMap((reference) => {
    const signatures = signaturesOf(reference);
    return reference.frames.flatMap((frame, index): Moment[] => {
      const shown = signatureOf.get(reference.firstFrame + frame);
      return shown ? [judge(shown, signatures, index, reference.size)] : [];
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

interface Moment extends FrameComparison {
  /** How well it has to fit at least. */
  readonly minStructure: number;
  /** How well the best of all wrong pictures fits: the reference mirrored, or that of another moment. */
  readonly alternativeStructure: number;
}

function signaturesOf({ bytes, size }: StoredReference): Uint8Array[] {
  const length = frameSignatureBytes(size);
  return Array.from({ length: Math.floor(bytes.length / length) }, (_, index) =>
    bytes.subarray(index * length, (index + 1) * length),
  );
}

function judge(
  shown: Uint8Array,
  references: readonly Uint8Array[],
  index: number,
  size: FrameSignatureSize,
): Moment {
  const own = references[index] ?? new Uint8Array(shown.length);
  const smoothness = structuralSimilarity(own, blurredFrameSignature(own, size), size);
  const others = [references[0], references[index - 1], references[index + 1]];
  const isNoise = smoothness < minSmoothness;
  const alternatives = [
    ...mirroredFrameSignatures(own, size),
    ...(isNoise ? [] : others.filter((signature) => signature !== undefined)),
  ];
  return {
    ...compareFrameSignatures(own, shown, size),
    minStructure: minStructureOfSmooth * smoothness ** 2,
    alternativeStructure: Math.max(
      ...alternatives.map((alternative) => structuralSimilarity(alternative, shown, size)),
    ),
  };
}

function summarise(trackId: string, moments: Moment[]): Check[] {
  const mean = (of: (moment: Moment) => number) =>
    moments.reduce((sum, moment) => sum + of(moment), 0) / moments.length;
  const isWrong = ({ structure, minStructure, brightness, colour, alternativeStructure }: Moment) =>
    structure < Math.max(minStructure, alternativeStructure - alternativeMargin) ||
    brightness > maxBrightnessDifference ||
    colour > maxColourDifference;
  const structure = mean((moment) => moment.structure);
  const brightness = mean((moment) => moment.brightness);
  const colour = mean((moment) => moment.colour);
  const wrongShare = moments.filter(isWrong).length / moments.length;
  const of = (name: string, measured: number) => ({ name, subject: trackId, measured });
  return [
    minCheck(
      of('picture-structure', structure),
      mean((moment) => moment.minStructure),
    ),
    maxCheck(of('picture-brightness', brightness), maxBrightnessDifference),
    maxCheck(of('picture-colour', colour), maxColourDifference),
    maxCheck(of('wrong-pictures-share', wrongShare), maxWrongShare),
  ];
}
