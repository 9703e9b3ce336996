import { type Check, equalCheck, maxCheck, minCheck, notMeasurable } from './check.ts';
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
 * Calibrated in docs/decisions/0014-verification-and-its-limits.md. An encoder without enough bits blurs, and repeats
 * the previous frame. The required similarity therefore follows from the similarity of the reference to its own blurred
 * version, which is high for a landscape and low for noise. This is the required similarity if blurring changes
 * nothing; it decreases with the square.
 */
const minStructureOfSmooth = 0.7;
/**
 * A reference less similar to its own blur is noise: it is not compared with other moments, as encoders repeat noise on
 * purpose.
 */
const minSmoothness = 0.7;
const maxBrightnessDifference = 8;
const maxColourDifference = 8;
/**
 * Margin by which a mirrored frame or a frame of another moment may be more similar, because still scenes are similar
 * at any time.
 */
const alternativeMargin = 0.05;
/** Number of wrong moments that are tolerated: a flash or a cut for which the encoder had too few bits. */
const maxWrongShare = 0.1;

/**
 * The frame signatures that a unit stored of a branch's frames before the encoder, and the number of the unit's first
 * frame within the track.
 */
export interface StoredReference extends VideoReference {
  readonly firstFrame: number;
  readonly bytes: Uint8Array;
}

/** The numbers of all frames that are compared. */
export function referenceFrames(references: readonly StoredReference[]): Set<number> {
  return new Set(references.flatMap(({ firstFrame, frames }) => frames.map((frame) => firstFrame + frame)));
}

/** Detects wrong video: compares frames of a rendition with the frames that its encoder got. */
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
      return shown ? [compareFrame(shown, signatures, index, reference.size)] : [];
    });
  });
  const expected = references.reduce((sum, { frameCount }) => sum + frameCount, 0);
  return [
    equalCheck({ name: 'decoded-frames', subject: trackId, measured: decoded.frameCount }, expected),
    ...(moments.length === 0
      ? [notMeasurable('picture-structure', trackId, 'no moment to compare')]
      : summarise(trackId, moments)),
  ];
}

interface Moment extends FrameComparison {
  /** The minimum similarity. */
  readonly minStructure: number;
  /** The highest similarity to a wrong frame: the mirrored reference, or the reference of another moment. */
  readonly alternativeStructure: number;
}

function signaturesOf({ bytes, size }: StoredReference): Uint8Array[] {
  const length = frameSignatureBytes(size);
  return Array.from({ length: Math.floor(bytes.length / length) }, (_, index) =>
    bytes.subarray(index * length, (index + 1) * length),
  );
}

function compareFrame(
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
