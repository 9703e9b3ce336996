import { atMost, type Check, notMeasurable } from './check.ts';
import { findSoundLag } from './find-sound-lag.ts';
import type { SoundEnvelope } from './sound-envelope.ts';

/** Less than a frame of AAC at 48 kHz and than half a frame of video: nobody hears it, and the envelope steps by 5 ms. */
const mostLagSeconds = 0.02;
/** The last frame of AAC is filled up, the resampler holds a few samples back. */
const mostLengthDifferenceSeconds = 0.05;

/** Holds what a track sounds like against what its encoder was given: as long, and in the same place from end to end. */
export function checkSound(trackId: string, reference: SoundEnvelope, decoded: SoundEnvelope): Check[] {
  const lags = findSoundLag(reference, decoded);
  const lengthDifference = Math.abs(reference.seconds - decoded.seconds);
  const length = atMost(
    { name: 'sound-length-differs-seconds', subject: trackId, measured: lengthDifference },
    mostLengthDifferenceSeconds,
  );
  const worst = lags.toSorted((left, right) => Math.abs(right.lagSeconds) - Math.abs(left.lagSeconds))[0];
  if (worst === undefined) {
    return [length, notMeasurable('sound-lag-seconds', trackId, 'too even or too short to tell')];
  }
  return [
    length,
    atMost(
      { name: 'sound-lag-seconds', subject: trackId, measured: Math.abs(worst.lagSeconds) },
      mostLagSeconds,
    ),
  ];
}
