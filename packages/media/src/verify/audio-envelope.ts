/** The loudness of a track in steps of five milliseconds, for comparing the timing of audio. */
export interface AudioEnvelope {
  readonly sampleCount: number;
  readonly seconds: number;
  /** The highest absolute sample of each step, from 0 to 32768. */
  readonly peaks: Uint16Array;
}

const samplesPerSecond = 8_000;
const samplesPerStep = 40;
export const envelopeStepSeconds = samplesPerStep / samplesPerSecond;

/** Options of an ffmpeg output that `createEnvelopeReader` reads. */
export const envelopeOutputOptions = [
  '-ac',
  '1',
  '-ar',
  `${samplesPerSecond}`,
  '-c:a',
  'pcm_s16le',
  '-f',
  's16le',
];

export interface EnvelopeReader {
  push(chunk: Uint8Array): void;
  end(): AudioEnvelope;
}

/** Reads 16-bit samples in chunks that are split anywhere. */
export function createEnvelopeReader(): EnvelopeReader {
  const peaks: number[] = [];
  let lowByte: number | null = null;
  let sampleCount = 0;
  let peak = 0;

  function takeSample(low: number, high: number): void {
    const value = (high << 8) | low;
    peak = Math.max(peak, value >= 0x8000 ? 0x10000 - value : value);
    sampleCount += 1;
    if (sampleCount % samplesPerStep !== 0) return;
    peaks.push(peak);
    peak = 0;
  }

  return {
    push(chunk) {
      for (const byte of chunk) {
        if (lowByte === null) lowByte = byte;
        else {
          takeSample(lowByte, byte);
          lowByte = null;
        }
      }
    },
    end: () => ({ sampleCount, seconds: sampleCount / samplesPerSecond, peaks: Uint16Array.from(peaks) }),
  };
}
