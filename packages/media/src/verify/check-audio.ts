import type { AudioEnvelope } from './audio-envelope.ts';
import { type Check, maxCheck, notMeasurable } from './check.ts';
import { findAudioLag } from './find-audio-lag.ts';

/**
 * Less than a frame of AAC at 48 kHz and than half a video frame, which is not noticeable; the envelope has steps of 5
 * ms.
 */
const maxLagSeconds = 0.02;
/** The last AAC frame is padded, and the resampler keeps a few samples. */
const maxLengthDifferenceSeconds = 0.05;

/**
 * Compares a decoded track with the samples that its encoder got: equal duration, and no offset at the start, in the
 * middle and at the end.
 */
export function checkAudio(trackId: string, reference: AudioEnvelope, decoded: AudioEnvelope): Check[] {
  const lags = findAudioLag(reference, decoded);
  const lengthDifference = Math.abs(reference.seconds - decoded.seconds);
  const length = maxCheck(
    { name: 'sound-length-differs-seconds', subject: trackId, measured: lengthDifference },
    maxLengthDifferenceSeconds,
  );
  const worst = lags.toSorted((left, right) => Math.abs(right.lagSeconds) - Math.abs(left.lagSeconds))[0];
  if (worst === undefined) {
    return [length, notMeasurable('sound-lag-seconds', trackId, 'too uniform or too short to measure')];
  }
  return [
    length,
    maxCheck(
      { name: 'sound-lag-seconds', subject: trackId, measured: Math.abs(worst.lagSeconds) },
      maxLagSeconds,
    ),
  ];
}
