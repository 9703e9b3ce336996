import { type StampSize, stampSizeBytes } from './reference-picture.ts';

/** Stamps of a few moments of a stream, with the numbers of their frames. */
export interface CollectedStamps {
  readonly frameCount: number;
  readonly frames: readonly number[];
  readonly stamps: readonly Uint8Array[];
  /** Bytes behind the last whole frame. */
  readonly looseBytes: number;
}

export interface StampCollector {
  push(chunk: Uint8Array): void;
  end(): CollectedStamps;
}

/** Enough to meet every scene of a short clip and one moment in ten seconds of a film. */
const stampsAtMost = 720;

/**
 * Counts the frames of a stream of stamps and keeps those that are wanted. With none named it begins with every frame
 * and doubles the step whenever it has too many: what is kept depends on the length of the stream alone.
 */
export function createStampCollector(size: StampSize, wanted?: ReadonlySet<number>): StampCollector {
  const stampBytes = stampSizeBytes(size);
  let step = 1;
  let kept: { frame: number; stamp: Uint8Array }[] = [];
  let frameCount = 0;
  let filledBytes = 0;
  let current = new Uint8Array(stampBytes);

  function takeStamp(): void {
    const isWanted = wanted ? wanted.has(frameCount) : frameCount % step === 0;
    if (isWanted) {
      kept.push({ frame: frameCount, stamp: current });
      current = new Uint8Array(stampBytes);
    }
    frameCount += 1;
    filledBytes = 0;
    if (wanted || kept.length <= stampsAtMost) return;
    step *= 2;
    kept = kept.filter(({ frame }) => frame % step === 0);
  }

  return {
    push(chunk) {
      for (let offset = 0; offset < chunk.length; ) {
        const part = chunk.subarray(offset, offset + stampBytes - filledBytes);
        current.set(part, filledBytes);
        filledBytes += part.length;
        offset += part.length;
        if (filledBytes === stampBytes) takeStamp();
      }
    },
    end: () => ({
      frameCount,
      frames: kept.map(({ frame }) => frame),
      stamps: kept.map(({ stamp }) => stamp),
      looseBytes: filledBytes,
    }),
  };
}
