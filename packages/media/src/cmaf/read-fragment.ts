import { type Box, openFullBox, readBoxes, requireBox } from './boxes.ts';
import { packagingError } from './packaging-error.ts';
import type { InitFacts, SampleDefaults } from './read-init.ts';
import { readTrackRun } from './read-track-run.ts';

/** One sample; times are on the decode timeline of the track, before the edit list. */
export interface Sample {
  readonly decodeTicks: number;
  readonly compositionOffsetTicks: number;
  readonly durationTicks: number;
  readonly isSync: boolean;
  /** From the first byte of moof. */
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

/** A parsed moof with its mdat. */
export interface Fragment {
  /** The bytes of moof and mdat, unchanged. */
  readonly bytes: Uint8Array;
  readonly decodeTicks: number;
  readonly endDecodeTicks: number;
  readonly samples: readonly [Sample, ...Sample[]];
  /** Position of the 64-bit decode time of tfdt in the bytes. */
  readonly decodeTimeOffsetBytes: number;
}

/**
 * Reads one moof with one track fragment; mdat must follow directly. Source: ISO/IEC 14496-12, 8.8.4 (moof), 8.8.7
 * (tfhd), 8.8.8 (trun), 8.8.12 (tfdt).
 * @throws FyrestreamError `packaging-failed`
 */
export function readFragment(bytes: Uint8Array, init: InitFacts): Fragment {
  const [movieFragment] = readBoxes(bytes);
  if (movieFragment === undefined) throw packagingError('A fragment is empty.');
  const trackFragments = readBoxes(movieFragment.payload).filter((box) => box.type === 'traf');
  const [trackFragment] = trackFragments;
  if (trackFragment === undefined || trackFragments.length > 1) {
    throw packagingError(`A fragment has ${trackFragments.length} track fragments instead of one.`);
  }
  const defaults = readFragmentDefaults(requireBox(trackFragment, 'tfhd'), init);
  const decodeTime = readDecodeTime(requireBox(trackFragment, 'tfdt'));
  const samples: Sample[] = [];
  let decodeTicks = decodeTime.ticks;
  let nextOffsetBytes: number | null = null;
  for (const box of readBoxes(trackFragment.payload)) {
    if (box.type !== 'trun') continue;
    const run = readTrackRun(box, defaults);
    let offsetBytes: number = run.dataOffsetBytes ?? nextOffsetBytes ?? 0;
    for (const sample of run.samples) {
      samples.push({ ...sample, decodeTicks, offsetBytes });
      decodeTicks += sample.durationTicks;
      offsetBytes += sample.sizeBytes;
    }
    nextOffsetBytes = offsetBytes;
  }
  const [first, ...others] = samples;
  if (first === undefined) throw packagingError('A fragment has no samples.');
  checkInsideData(samples, movieFragment.sizeBytes + 8, bytes.length);
  return {
    bytes,
    decodeTicks: decodeTime.ticks,
    endDecodeTicks: decodeTicks,
    samples: [first, ...others],
    // Payload offsets are relative to the parent's payload.
    decodeTimeOffsetBytes:
      movieFragment.payloadOffset + trackFragment.payloadOffset + decodeTime.box.payloadOffset + 4,
  };
}

const baseDataOffsetPresent = 0x1;
const descriptionIndexPresent = 0x2;
const defaultDurationPresent = 0x8;
const defaultSizePresent = 0x10;
const defaultFlagsPresent = 0x20;

function readFragmentDefaults(box: Box, init: InitFacts): SampleDefaults {
  const { flags, reader } = openFullBox(box);
  const trackNumber = reader.uint32();
  if (trackNumber !== init.trackNumber) {
    throw packagingError(`A fragment belongs to track ${trackNumber}, the stream to ${init.trackNumber}.`);
  }
  if (flags & baseDataOffsetPresent) {
    throw packagingError(
      'The data offsets of a fragment are relative to the file, so it cannot be moved: use default_base_moof.',
    );
  }
  if (flags & descriptionIndexPresent) reader.skip(4);
  return {
    durationTicks: flags & defaultDurationPresent ? reader.uint32() : init.defaults.durationTicks,
    sizeBytes: flags & defaultSizePresent ? reader.uint32() : init.defaults.sizeBytes,
    flags: flags & defaultFlagsPresent ? reader.uint32() : init.defaults.flags,
  };
}

function readDecodeTime(box: Box): { ticks: number; box: Box } {
  const { version, reader } = openFullBox(box);
  if (version !== 1) throw packagingError('A fragment has a decode time of 32 bits instead of 64.');
  return { ticks: reader.uint64(), box };
}

function checkInsideData(samples: readonly Sample[], startBytes: number, endBytes: number): void {
  for (const { offsetBytes, sizeBytes } of samples) {
    if (offsetBytes < startBytes || offsetBytes + sizeBytes > endBytes) {
      throw packagingError('A fragment refers to samples outside of its own data.');
    }
  }
}
