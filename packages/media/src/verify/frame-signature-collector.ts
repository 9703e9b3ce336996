import { type FrameSignatureSize, frameSignatureBytes } from './frame-signature.ts';

/** Stamps of a few moments of a stream, with the numbers of their frames. */
export interface CollectedFrameSignatures {
  readonly frameCount: number;
  readonly frames: readonly number[];
  readonly signatures: readonly Uint8Array[];
  /** Bytes behind the last whole frame. */
  readonly looseBytes: number;
}

export interface FrameSignatureCollector {
  push(chunk: Uint8Array): void;
  end(): CollectedFrameSignatures;
}

/** Enough to meet every scene of a short clip and one moment in ten seconds of a film. */
const maxSignatures = 720;

/**
 * Counts the frames of a stream of stamps and keeps those that are wanted. With none named it begins with every frame
 * and doubles the step whenever it has too many: what is kept depends on the length of the stream alone.
 */
export function createFrameSignatureCollector(
  size: FrameSignatureSize,
  wanted?: ReadonlySet<number>,
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
    if (wanted || kept.length <= maxSignatures) return;
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
    end: () => ({
      frameCount,
      frames: kept.map(({ frame }) => frame),
      signatures: kept.map(({ signature }) => signature),
      looseBytes: filledBytes,
    }),
  };
}
