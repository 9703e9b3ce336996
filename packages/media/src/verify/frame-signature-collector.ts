import { type FrameSignatureSize, frameSignatureBytes } from './frame-signature.ts';

/** Frame signatures of some moments of a stream, with their frame numbers. */
export interface CollectedFrameSignatures {
  readonly frameCount: number;
  readonly frames: readonly number[];
  readonly signatures: readonly Uint8Array[];
  /** Bytes after the last whole frame. */
  readonly looseBytes: number;
}

export interface FrameSignatureCollector {
  push(chunk: Uint8Array): void;
  /** Of whole frames so far. */
  frameCount(): number;
  end(): CollectedFrameSignatures;
}

/** Enough for every scene of a short clip and one moment every ten seconds of a film. */
const maxSignatures = 720;
/** Of a part of a video: about two in a second. */
export const maxSignaturesOfPart = 120;

/**
 * Counts the frames of a stream of frame signatures and keeps the wanted ones. Without a list it keeps every frame at
 * first and doubles the step whenever it has too many, so that the result depends only on the length of the stream.
 */
export function createFrameSignatureCollector(
  size: FrameSignatureSize,
  { wanted, max = maxSignatures }: { wanted?: ReadonlySet<number>; max?: number } = {},
): FrameSignatureCollector {
  const signatureBytes = frameSignatureBytes(size);
  let step = 1;
  let kept: { frame: number; signature: Uint8Array }[] = [];
  let frameCount = 0;
  let filledBytes = 0;
  let current = new Uint8Array(signatureBytes);

  function takeSignature(): void {
    const isWanted = wanted ? wanted.has(frameCount) : frameCount % step === 0;
    if (isWanted) {
      kept.push({ frame: frameCount, signature: current });
      current = new Uint8Array(signatureBytes);
    }
    frameCount += 1;
    filledBytes = 0;
    if (wanted || kept.length <= max) return;
    step *= 2;
    kept = kept.filter(({ frame }) => frame % step === 0);
  }

  return {
    push(chunk) {
      for (let offset = 0; offset < chunk.length; ) {
        const part = chunk.subarray(offset, offset + signatureBytes - filledBytes);
        current.set(part, filledBytes);
        filledBytes += part.length;
        offset += part.length;
        if (filledBytes === signatureBytes) takeSignature();
      }
    },
    frameCount: () => frameCount,
    end: () => ({
      frameCount,
      frames: kept.map(({ frame }) => frame),
      signatures: kept.map(({ signature }) => signature),
      looseBytes: filledBytes,
    }),
  };
}
