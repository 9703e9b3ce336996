import { type Box, findBox, openFullBox, readBoxes, requireBox } from './boxes.ts';
import { packagingError } from './packaging-error.ts';
import { type AudioSampleEntry, readAudioSampleEntry } from './read-audio-sample-entry.ts';
import { readEditOffset } from './read-edit-offset.ts';
import { readVideoSampleEntry, type VideoSampleEntry } from './read-video-sample-entry.ts';

/** Defaults for the samples of fragments without own values. */
export interface SampleDefaults {
  readonly durationTicks: number;
  readonly sizeBytes: number;
  readonly flags: number;
}

/** The facts of the init segment about its one track. */
export interface InitFacts {
  readonly trackNumber: number;
  readonly timescale: number;
  /** Media time that is presented at zero: the delay of B-frames, which the edit list removes. */
  readonly mediaTimeOffsetTicks: number;
  readonly defaults: SampleDefaults;
  readonly media: ({ kind: 'video' } & VideoSampleEntry) | ({ kind: 'audio' } & AudioSampleEntry);
}

/**
 * Reads `moov` of an init segment with one track. Source: ISO/IEC 14496-12, 8.3.2 (tkhd), 8.4.2 (mdhd), 8.4.3 (hdlr),
 * 8.8.3 (trex).
 * @throws FyrestreamError `packaging-failed`
 */
export function readInit(movieBytes: Uint8Array): InitFacts {
  const movie = readBoxes(movieBytes).find((box) => box.type === 'moov');
  if (movie === undefined) throw packagingError('The init segment has no moov box.');
  const tracks = readBoxes(movie.payload).filter((box) => box.type === 'trak');
  const [track] = tracks;
  if (track === undefined || tracks.length > 1) {
    throw packagingError(`The stream has ${tracks.length} tracks instead of one.`);
  }
  const timescale = readTimescale(requireBox(track, 'mdia', 'mdhd'));
  return {
    trackNumber: readTrackNumber(requireBox(track, 'tkhd')),
    timescale,
    mediaTimeOffsetTicks: readEditOffset(findBox(track, 'edts', 'elst')),
    defaults: readDefaults(requireBox(movie, 'mvex', 'trex')),
    media: readMedia(track),
  };
}

function readMedia(track: Box): InitFacts['media'] {
  const { reader } = openFullBox(requireBox(track, 'mdia', 'hdlr'));
  reader.skip(4);
  const handler = reader.fourCharacterCode();
  const descriptions = requireBox(track, 'mdia', 'minf', 'stbl', 'stsd');
  const entries = readBoxes(descriptions.payload.subarray(8));
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) {
    throw packagingError(`The track has ${entries.length} sample descriptions instead of one.`);
  }
  if (handler === 'vide') return { kind: 'video', ...readVideoSampleEntry(entry) };
  if (handler === 'soun') return { kind: 'audio', ...readAudioSampleEntry(entry) };
  throw packagingError(`A track of kind ${JSON.stringify(handler)} is neither video nor audio.`);
}

function readTimescale(box: Box): number {
  const { version, reader } = openFullBox(box);
  reader.skip(version === 1 ? 16 : 8);
  const timescale = reader.uint32();
  if (timescale === 0) throw packagingError('The track has a timescale of 0.');
  return timescale;
}

function readTrackNumber(box: Box): number {
  const { version, reader } = openFullBox(box);
  reader.skip(version === 1 ? 16 : 8);
  return reader.uint32();
}

function readDefaults(box: Box): SampleDefaults {
  const { reader } = openFullBox(box);
  reader.skip(8);
  return { durationTicks: reader.uint32(), sizeBytes: reader.uint32(), flags: reader.uint32() };
}
