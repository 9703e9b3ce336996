import { type Box, openFullBox } from './boxes.ts';
import { packagingError } from './packaging-error.ts';
import type { SampleDefaults } from './read-init.ts';

export interface TrackRun {
  /** From the first byte of moof; null if the data follows that of the run before. */
  readonly dataOffsetBytes: number | null;
  readonly samples: readonly {
    readonly durationTicks: number;
    readonly sizeBytes: number;
    readonly compositionOffsetTicks: number;
    readonly isSync: boolean;
  }[];
}

const dataOffsetPresent = 0x1;
const firstFlagsPresent = 0x4;
const durationPresent = 0x100;
const sizePresent = 0x200;
const flagsPresent = 0x400;
const compositionOffsetPresent = 0x800;
const sampleIsNonSync = 0x10000;

/** Source: ISO/IEC 14496-12, 8.8.8 (trun) and 8.8.3.1 (sample flags). */
export function readTrackRun(box: Box, defaults: SampleDefaults): TrackRun {
  const { version, flags, reader } = openFullBox(box);
  const count = reader.uint32();
  const dataOffsetBytes = flags & dataOffsetPresent ? reader.int32() : null;
  const firstFlags = flags & firstFlagsPresent ? reader.uint32() : null;
  const hasFields = (flags & (durationPresent | sizePresent | flagsPresent | compositionOffsetPresent)) !== 0;
  // Samples without fields take no bytes, so that the size of the box does not limit a count from a hostile file.
  if (!hasFields && count > 1_000_000) throw packagingError(`A fragment claims ${count} samples.`);
  const samples: TrackRun['samples'][number][] = [];
  for (let index = 0; index < count; index++) {
    const durationTicks = flags & durationPresent ? reader.uint32() : defaults.durationTicks;
    const sizeBytes = flags & sizePresent ? reader.uint32() : defaults.sizeBytes;
    const ownFlags = flags & flagsPresent ? reader.uint32() : defaults.flags;
    const sampleFlags = index === 0 && firstFlags !== null ? firstFlags : ownFlags;
    let compositionOffsetTicks = 0;
    if (flags & compositionOffsetPresent) {
      compositionOffsetTicks = version === 0 ? reader.uint32() : reader.int32();
    }
    samples.push({
      durationTicks,
      sizeBytes,
      compositionOffsetTicks,
      isSync: (sampleFlags & sampleIsNonSync) === 0,
    });
  }
  return { dataOffsetBytes, samples };
}
