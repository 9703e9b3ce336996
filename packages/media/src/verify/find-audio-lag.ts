import { type AudioEnvelope, envelopeStepSeconds } from './audio-envelope.ts';

/** The delay of a track relative to its reference, at one position; negative if it is early. */
export interface AudioLag {
  readonly atSeconds: number;
  readonly lagSeconds: number;
}

const windowSteps = Math.round(20 / envelopeStepSeconds);
const maxLagSteps = Math.round(0.6 / envelopeStepSeconds);
/** A position with nearly constant loudness fits at any shift. */
const minVariation = 0.1;
/** Below this similarity it is other audio, or audio for which the encoder had too few bits. */
const minCorrelation = 0.5;

/**
 * Finds the shift at which the envelope of a track is most similar to its reference: at the start, in the middle and at
 * the end, so that drift is found. Positions with constant audio are skipped.
 */
export function findAudioLag(reference: AudioEnvelope, track: AudioEnvelope): AudioLag[] {
  const steps = Math.min(reference.peaks.length, track.peaks.length);
  const length = Math.min(windowSteps, steps - 2 * maxLagSteps);
  if (length <= maxLagSteps) return [];
  const room = steps - 2 * maxLagSteps - length;
  const starts = [...new Set([0, Math.round(room / 2), room])];
  return starts.flatMap((start) => {
    const lagSteps = bestLag(reference.peaks, track.peaks, start + maxLagSteps, length);
    if (lagSteps === null) return [];
    return {
      atSeconds: round(start * envelopeStepSeconds),
      lagSeconds: round(lagSteps * envelopeStepSeconds),
    };
  });
}

function bestLag(reference: Uint16Array, track: Uint16Array, start: number, length: number): number | null {
  const own = reference.subarray(start, start + length);
  const { mean, deviation } = statistics(own);
  if (deviation < minVariation * mean || deviation === 0) return null;
  let best = { lag: 0, correlation: -1 };
  // From the middle outwards: of equal similarities, as in regular beeps, the smallest shift counts.
  for (let distance = 0; distance <= maxLagSteps; distance++) {
    for (const lag of distance === 0 ? [0] : [distance, -distance]) {
      const correlation = correlate(own, track.subarray(start + lag, start + lag + length));
      if (correlation > best.correlation + 1e-3) best = { lag, correlation };
    }
  }
  return best.correlation >= minCorrelation ? best.lag : null;
}

function correlate(left: Uint16Array, right: Uint16Array): number {
  const own = statistics(left);
  const other = statistics(right);
  if (own.deviation === 0 || other.deviation === 0) return 0;
  let sum = 0;
  for (let index = 0; index < left.length; index++) {
    sum += ((left[index] ?? 0) - own.mean) * ((right[index] ?? 0) - other.mean);
  }
  return sum / (left.length * own.deviation * other.deviation);
}

function statistics(values: Uint16Array): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) };
}

function round(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000 + 0;
}
