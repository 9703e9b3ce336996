import { latin1, uint16s, uint32s } from './bytes.ts';

export function box(type: string, ...content: Uint8Array[]): Uint8Array {
  const payload = Buffer.concat(content);
  return Buffer.concat([uint32s(8 + payload.length), latin1(type), payload]);
}

export const fileType = box('ftyp', latin1('qt  \0\0\0\0qt  '));

export interface Track {
  readonly sample: Uint8Array;
  readonly kind?: 'vide' | 'soun';
  readonly width?: number;
  readonly height?: number;
  readonly timescale?: number;
  /** Runs of a count of samples and their duration. */
  readonly times?: readonly number[];
  readonly sampleCount?: number;
  /** A size for all samples; the sizes of the table otherwise. */
  readonly sampleBytes?: number;
  /** Durations in milliseconds and starts in the media. */
  readonly edits?: readonly (readonly [number, number])[];
  /** Entries of the data reference box. */
  readonly references?: readonly Uint8Array[];
  readonly format?: string;
}

const selfReference = box('url ', uint32s(1));

/** One sample, which a track shows as often as its tables say. Source: ISO/IEC 14496-12, QuickTime File Format. */
function trackBox(track: Track, chunkOffset: number): Uint8Array {
  const { sample, kind = 'vide', width = 64, height = 48, timescale = 10, sampleCount = 10 } = track;
  const { times = [sampleCount, 1], edits = [], references = [selfReference] } = track;
  const runs = box('stts', uint32s(0, times.length / 2, ...times));
  const editList = box(
    'elst',
    uint32s(0, edits.length),
    ...edits.map(([length, start]) => uint32s(length, start, 65_536)),
  );
  const tables = box(
    'stbl',
    box('stsd', uint32s(0, 1), sampleEntry(track, kind, width, height)),
    runs,
    box('stsc', uint32s(0, 1, 1, 1, 1)),
    box('stsz', uint32s(0, track.sampleBytes ?? sample.length, sampleCount)),
    // Every sample is in a chunk of its own, at the same place.
    box(
      'stco',
      uint32s(
        0,
        Math.min(sampleCount, 1_000),
        ...Array<number>(Math.min(sampleCount, 1_000)).fill(chunkOffset),
      ),
    ),
  );
  const reference = box('dinf', box('dref', uint32s(0, references.length), ...references));
  const header = kind === 'vide' ? box('vmhd', uint32s(1, 0, 0)) : box('smhd', uint32s(0, 0));
  const handler = box('hdlr', uint32s(0, 0), latin1(kind), uint32s(0, 0, 0), latin1('\0'));
  const mediaHeader = box('mdhd', uint32s(0, 0, 0, timescale, sampleCount, 0));
  return box(
    'trak',
    box(
      'tkhd',
      uint32s(7, 0, 0, 1, 0, 1_000, 0, 0, 0, 0),
      identityMatrix,
      uint32s(width << 16, height << 16),
    ),
    ...(edits.length > 0 ? [box('edts', editList)] : []),
    box('mdia', mediaHeader, handler, box('minf', header, reference, tables)),
  );
}

const identityMatrix = uint32s(65_536, 0, 0, 0, 65_536, 0, 0, 0, 0x40_00_00_00);

function sampleEntry({ format = 'jpeg' }: Track, kind: string, width: number, height: number): Uint8Array {
  const head = [uint32s(0), uint16s(0, 1)];
  if (kind === 'soun') return box('sowt', ...head, uint32s(0, 0), uint16s(1, 16, 0, 0, 8_000, 0));
  const size = [uint32s(0, 0, 0, 0), uint16s(width, height), uint32s(0x48_00_00, 0x48_00_00, 0), uint16s(1)];
  return box(format, ...head, ...size, new Uint8Array(32), uint16s(24, 0xff_ff));
}

/** A QuickTime file: the samples of its tracks, then the index. @param more boxes in the movie header */
export function movie(tracks: readonly Track[], more: readonly Uint8Array[] = []): Uint8Array {
  const media = box('mdat', ...tracks.map(({ sample }) => sample));
  let offset = fileType.length + 8;
  const boxes = tracks.map((track) => {
    const made = trackBox(track, offset);
    offset += track.sample.length;
    return made;
  });
  const header = box(
    'mvhd',
    uint32s(0, 0, 0, 1_000, 1_000, 65_536, 0x1_00_00_00, 0, 0),
    identityMatrix,
    new Uint8Array(24),
    uint32s(3),
  );
  return Buffer.concat([fileType, media, box('moov', header, ...boxes, ...more)]);
}
