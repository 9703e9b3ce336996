import { readAudioSpecificConfig } from './audio-specific-config.ts';
import { type Box, readBoxes } from './boxes.ts';
import { ByteReader } from './byte-reader.ts';
import { packagingError } from './packaging-error.ts';

export interface AudioSampleEntry {
  /** RFC 6381, e.g. `mp4a.40.2`. */
  readonly codec: string;
  readonly channels: number;
  readonly sampleRateHertz: number;
}

/** Size of the fields of SampleEntry and AudioSampleEntry before the child boxes. */
const fixedFieldsBytes = 28;

/** Source: ISO/IEC 14496-12, 12.2.3 (AudioSampleEntry); ISO/IEC 14496-14, 6.7 (esds). */
export function readAudioSampleEntry(entry: Box): AudioSampleEntry {
  const reader = new ByteReader(entry.payload);
  reader.skip(16);
  const entryChannels = reader.uint16();
  reader.skip(6);
  const entrySampleRateHertz = reader.uint32() >>> 16;
  const boxes = readBoxes(entry.payload.subarray(fixedFieldsBytes));
  const descriptor = boxes.find((box) => box.type === 'esds')?.payload;
  if (entry.type !== 'mp4a' || descriptor === undefined) {
    throw packagingError(`Audio of the format ${JSON.stringify(entry.type)} is not AAC in mp4a.`);
  }
  const { objectTypeIndication, audio } = readElementaryStream(descriptor);
  if (audio === null) {
    return {
      codec: `mp4a.${objectTypeIndication.toString(16)}`,
      channels: entryChannels,
      sampleRateHertz: entrySampleRateHertz,
    };
  }
  return {
    codec: `mp4a.${objectTypeIndication.toString(16)}.${audio.objectType}`,
    // ffmpeg writes 2 channels into every mp4a entry: the decoder configuration has the right number.
    channels: audio.channels ?? entryChannels,
    sampleRateHertz: audio.sampleRateHertz,
  };
}

/** ES_Descriptor → DecoderConfigDescriptor → DecoderSpecificInfo. Source: ISO/IEC 14496-1, 7.2.6.5 to 7.2.6.7. */
function readElementaryStream(descriptor: Uint8Array) {
  const reader = new ByteReader(descriptor);
  reader.skip(4);
  expectDescriptor(reader, 3);
  reader.skip(2);
  const flags = reader.uint8();
  if (flags & 0x80) reader.skip(2);
  if (flags & 0x40) reader.skip(reader.uint8());
  if (flags & 0x20) reader.skip(2);
  const configurationBytes = expectDescriptor(reader, 4);
  const objectTypeIndication = reader.uint8();
  reader.skip(12);
  if (configurationBytes <= 13) return { objectTypeIndication, audio: null };
  const audio = readAudioSpecificConfig(reader.bytes(expectDescriptor(reader, 5)));
  return { objectTypeIndication, audio };
}

/** The length of a descriptor, seven bits per byte. Source: ISO/IEC 14496-1, 8.3.3. */
function expectDescriptor(reader: ByteReader, tag: number): number {
  const found = reader.uint8();
  if (found !== tag) throw packagingError(`The esds box has descriptor ${found} where ${tag} is expected.`);
  let length = 0;
  for (;;) {
    const byte = reader.uint8();
    length = length * 128 + (byte & 0x7f);
    if (byte < 0x80) return length;
  }
}
