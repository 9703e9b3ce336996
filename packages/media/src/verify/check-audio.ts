import type { AudioEnvelope } from './audio-envelope.ts';
import { type Check, maxCheck, notMeasurable } from './check.ts';
import { findAudioLag } from './find-audio-lag.ts';

/** Less than a frame of AAC at 48 kHz and than half a frame of video: nobody hears it, and the envelope steps by 5 ms. */
const maxLagSeconds = 0.02;
/** The last frame of AAC is filled up, the resampler holds a few samples back. */
const maxLengthDifferenceSeconds = 0.05;

/** Holds what a track sounds like against what its encoder was given: as long, and in the same place from end to end. */
export function checkAudio(trackId: string, reference: AudioEnvelope, decoded: AudioEnvelope): Check[] {
  const lags = findAudioLag(reference, decoded);
  const lengthDifference = Math.abs(reference.seconds - decoded.seconds);
  const length = maxCheck(
    { name: 'sound-length-differs-seconds', subject: trackId, measured: lengthDifference },
    maxLengthDifferenceSeconds,
  );
  const worst = lags.toSorted((left, right) => Math.abs(right.lagSeconds) - Math.abs(left.lagSeconds))[0];
  if (worst === undefined) {
    return [length, notMeasurable('sound-lag-seconds', trackId, 'too even or too short to tell')];
  }
  return [
    length,
    maxCheck(
      { name: 'sound-lag-seconds', subject: trackId, measured: Math.abs(worst.lagSeconds) },
      maxLagSeconds,
    ),
  ];
}
