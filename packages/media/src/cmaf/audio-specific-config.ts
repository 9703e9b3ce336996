import { packagingError } from './packaging-error.ts';

export interface AudioSpecificConfig {
  /** MPEG-4 audio object type: 2 is AAC-LC. */
  readonly objectType: number;
  readonly sampleRateHertz: number;
  /** null if a program config element in the stream describes the channels. */
  readonly channels: number | null;
}

const sampleRatesHertz = [
  96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
];
const channelsByConfiguration = [null, 1, 2, 3, 4, 5, 6, 8, null, null, null, 7, 8, null, 8];

/** AudioSpecificConfig. Source: ISO/IEC 14496-3, 1.6.2.1 and tables 1.18, 1.19. */
export function readAudioSpecificConfig(bytes: Uint8Array): AudioSpecificConfig {
  const readBits = createBitReader(bytes);
  const shortType = readBits(5);
  const objectType = shortType === 31 ? 32 + readBits(6) : shortType;
  const rateIndex = readBits(4);
  const sampleRateHertz = rateIndex === 15 ? readBits(24) : sampleRatesHertz[rateIndex];
  if (sampleRateHertz === undefined) {
    throw packagingError(`The audio has the reserved sample rate index ${rateIndex}.`);
  }
  return { objectType, sampleRateHertz, channels: channelsByConfiguration[readBits(4)] ?? null };
}

function createBitReader(bytes: Uint8Array): (bits: number) => number {
  let position = 0;
  return (bits) => {
    let value = 0;
    for (let bit = 0; bit < bits; bit++, position++) {
      const byte = bytes[position >> 3];
      if (byte === undefined) throw packagingError('The audio configuration is incomplete.');
      value = value * 2 + ((byte >> (7 - (position & 7))) & 1);
    }
    return value;
  };
}
