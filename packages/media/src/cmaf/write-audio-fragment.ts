import type { Sample } from './read-fragment.ts';
import { concatenateBytes, uint32s, uint64, writeBox, writeFullBox } from './write-box.ts';

export interface AudioFrame extends Pick<Sample, 'decodeTicks' | 'durationTicks'> {
  readonly data: Uint8Array;
}

const defaultBaseIsMoof = 0x020000;
const defaultDurationPresent = 0x08;
const defaultFlagsPresent = 0x20;
const dataOffsetPresent = 0x001;
const durationPresent = 0x100;
const sizePresent = 0x200;
/** sample_depends_on = 2: every AAC frame is a sync sample. */
const syncSampleFlags = 0x02000000;

/**
 * One moof and one mdat for these frames. Source: ISO/IEC 14496-12, 8.8.5 (mfhd), 8.8.7 (tfhd), 8.8.8 (trun), 8.8.12
 * (tfdt).
 */
export function writeAudioFragment(
  trackNumber: number,
  sequenceNumber: number,
  frames: readonly [AudioFrame, ...AudioFrame[]],
): Uint8Array {
  const [first] = frames;
  const isUniform = frames.every((frame) => frame.durationTicks === first.durationTicks);
  const header = writeFullBox(
    'tfhd',
    0,
    defaultBaseIsMoof | defaultDurationPresent | defaultFlagsPresent,
    uint32s(trackNumber, first.durationTicks, syncSampleFlags),
  );
  const decodeTime = writeFullBox('tfdt', 1, 0, uint64(first.decodeTicks));
  const fields = frames.flatMap(({ durationTicks, data }) =>
    isUniform ? [data.length] : [durationTicks, data.length],
  );
  const runFlags = dataOffsetPresent | sizePresent | (isUniform ? 0 : durationPresent);
  const writeMovieFragment = (dataOffsetBytes: number) =>
    writeBox(
      'moof',
      writeFullBox('mfhd', 0, 0, uint32s(sequenceNumber)),
      writeBox(
        'traf',
        header,
        decodeTime,
        writeFullBox('trun', 0, runFlags, uint32s(frames.length, dataOffsetBytes, ...fields)),
      ),
    );
  // The offset counts from the start of moof; the size of moof does not depend on its value.
  const dataOffsetBytes = writeMovieFragment(0).length + 8;
  return concatenateBytes([
    writeMovieFragment(dataOffsetBytes),
    writeBox('mdat', ...frames.map((frame) => frame.data)),
  ]);
}
