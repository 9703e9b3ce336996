import { runForBytes } from './run-tool.ts';

const sampleRate = 48_000;

/** Amplitudes of tones (1 is full scale) in one channel, by frequency. */
export type Tones = Readonly<Record<number, number>>;

export interface MeasuredTones {
  readonly left: Tones;
  readonly right: Tones;
  /** The maximum sample of both channels. */
  readonly peak: number;
}

/** Decodes a stereo file completely and measures the given tones between two times, per channel. */
export async function toneLevels(
  path: string,
  frequencies: readonly number[],
  [fromSeconds, toSeconds]: readonly [number, number],
): Promise<MeasuredTones> {
  const format = ['-ac', '2', '-ar', `${sampleRate}`, '-f', 'f32le'];
  const bytes = await runForBytes('ffmpeg', ['-v', 'error', '-i', path, ...format, '-']);
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const channel = (offset: number) =>
    samples
      .filter((_, index) => index % 2 === offset)
      .subarray(Math.round(fromSeconds * sampleRate), Math.round(toSeconds * sampleRate));
  const [left, right] = [channel(0), channel(1)];
  const tonesOf = (heard: Float32Array) =>
    Object.fromEntries(frequencies.map((frequency) => [frequency, amplitudeOf(heard, frequency)]));
  const peak = [...left, ...right].reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return { left: tonesOf(left), right: tonesOf(right), peak };
}

/** One bin of a Fourier transform. */
function amplitudeOf(samples: Float32Array, frequency: number): number {
  let real = 0;
  let imaginary = 0;
  for (const [index, sample] of samples.entries()) {
    const angle = (2 * Math.PI * frequency * index) / sampleRate;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  }
  return samples.length === 0 ? 0 : (2 * Math.hypot(real, imaginary)) / samples.length;
}
