import {
  concatenateBytes,
  encodeFourCharacterCodes,
  uint32s,
  uint64,
  writeBox,
  writeFullBox,
} from '../src/cmaf/write-box.ts';

/** The avcC that ffmpeg writes for High profile, level 3.1. */
const avcHigh31 = Uint8Array.of(1, 0x64, 0, 0x1f, 0xff, 0xe1, 0, 0);

export interface StreamDescription {
  readonly kind: 'video' | 'audio';
  readonly timescale: number;
  readonly frameTicks: number;
  /** Number of frames in each fragment. */
  readonly fragments: readonly number[];
  /** The B-frame delay of video in frames, which the edit list removes. */
  readonly delayFrames?: number;
  /** Whether every GOP except the first shows two frames before its key frame. */
  readonly openGops?: boolean;
  /** Media times of the edit list, -1 for an empty edit; from the delay by default. */
  readonly edits?: readonly number[];
  readonly frameBytes?: (frame: number) => number;
}

/** A matrix that rotates by 90 degrees. */
const turned = uint32s(0, 0x1_0000, 0, 0xffff_0000, 0, 0, 0, 0, 0x4000_0000);

/** A fragmented MP4 stream like that of `ffmpeg -movflags frag_keyframe+delay_moov+default_base_moof`. */
export function buildFragmentedMp4(description: StreamDescription): Uint8Array {
  const parts = [buildInit(description)];
  let frame = 0;
  for (const [index, frames] of description.fragments.entries()) {
    parts.push(buildFragment(description, { sequenceNumber: index + 1, firstFrame: frame, frames }));
    frame += frames;
  }
  return concatenateBytes(parts);
}

export function buildInit(description: StreamDescription): Uint8Array {
  const delayTicks = (description.delayFrames ?? 0) * description.frameTicks;
  const edits = description.edits ?? (delayTicks > 0 ? [delayTicks] : []);
  const editList = writeFullBox(
    'elst',
    0,
    0,
    uint32s(edits.length, ...edits.flatMap((mediaTime) => [0, mediaTime >>> 0, 0x10000])),
  );
  const isVideo = description.kind === 'video';
  const media = writeBox(
    'mdia',
    writeFullBox('mdhd', 0, 0, uint32s(0, 0, description.timescale, 0, 0)),
    writeFullBox(
      'hdlr',
      0,
      0,
      uint32s(0),
      encodeFourCharacterCodes(isVideo ? 'vide' : 'soun'),
      uint32s(0, 0, 0),
    ),
    writeBox(
      'minf',
      writeBox('stbl', writeFullBox('stsd', 0, 0, uint32s(1), isVideo ? videoEntry() : audioEntry())),
    ),
  );
  const track = writeBox(
    'trak',
    writeFullBox('tkhd', 0, 3, uint32s(0, 0, 1, 0, 0, 0, 0, 0, 0), turned, uint32s(0, 0)),
    ...(edits.length > 0 ? [writeBox('edts', editList)] : []),
    media,
  );
  return concatenateBytes([
    writeBox('ftyp', encodeFourCharacterCodes('iso5'), uint32s(0), encodeFourCharacterCodes('iso5', 'iso6')),
    writeBox('moov', track, writeBox('mvex', writeFullBox('trex', 0, 0, uint32s(1, 1, 0, 0, 0)))),
  ]);
}

export interface FragmentDescription {
  readonly sequenceNumber: number;
  readonly firstFrame: number;
  readonly frames: number;
  /** Whether the first frame is a key frame. */
  readonly startsWithKey?: boolean;
}

/** moof and mdat; all bytes of a video frame are its number, so that tests can identify frames. */
export function buildFragment(description: StreamDescription, fragment: FragmentDescription): Uint8Array {
  const numbers = Array.from({ length: fragment.frames }, (_, index) => fragment.firstFrame + index);
  const data = numbers.map((number) =>
    new Uint8Array(description.frameBytes?.(number) ?? 100 + (number % 7)).fill(number % 251),
  );
  const isVideo = description.kind === 'video';
  const entries = data.flatMap((bytes, index) =>
    isVideo ? [bytes.length, compositionFrames(description, index, fragment)] : [bytes.length],
  );
  const keyFlags = fragment.startsWithKey === false ? 0x1010000 : 0x2000000;
  const header = uint32s(1, description.frameTicks, isVideo ? 0x1010000 : 0x2000000);
  const write = (dataOffset: number) =>
    writeBox(
      'moof',
      writeFullBox('mfhd', 0, 0, uint32s(fragment.sequenceNumber)),
      writeBox(
        'traf',
        writeFullBox('tfhd', 0, 0x020028, header),
        writeFullBox('tfdt', 1, 0, uint64(fragment.firstFrame * description.frameTicks)),
        isVideo
          ? writeFullBox('trun', 0, 0xa05, uint32s(data.length, dataOffset, keyFlags, ...entries))
          : writeFullBox('trun', 0, 0x201, uint32s(data.length, dataOffset, ...entries)),
      ),
    );
  return concatenateBytes([write(write(0).length + 8), writeBox('mdat', ...data)]);
}

/**
 * Composition offsets in the order I P B B P B B …, or B-frames directly after the key frame in an open GOP; frames
 * that do not fill a group of three are P-frames.
 */
function compositionFrames(
  description: StreamDescription,
  index: number,
  { firstFrame, frames }: FragmentDescription,
): number {
  const delayFrames = description.delayFrames ?? 0;
  const position = description.openGops && firstFrame > 0 ? index : index - 1;
  const isReordered = position >= 0 && position < Math.floor((frames - 1) / 3) * 3;
  const shownLater = isReordered && delayFrames > 0 ? ([2, -1, -1][position % 3] ?? 0) : 0;
  return (delayFrames + shownLater) * description.frameTicks;
}

function videoEntry(): Uint8Array {
  const fields = new Uint8Array(78);
  new DataView(fields.buffer).setUint32(24, (1280 << 16) | 720);
  return writeBox('avc1', fields, writeBox('avcC', avcHigh31), writeBox('pasp', uint32s(1, 1)));
}

/** AAC-LC, 48 kHz, mono, in a sample entry with 2 channels, as ffmpeg writes it. */
function audioEntry(): Uint8Array {
  const fields = new Uint8Array(28);
  const view = new DataView(fields.buffer);
  view.setUint16(16, 2);
  view.setUint32(24, 48_000 << 16);
  const specific = [5, 2, 0x11, 0x88];
  const decoder = [4, 13 + specific.length, 0x40, 0x15, ...new Array(11).fill(0), ...specific];
  const descriptor = Uint8Array.of(3, 3 + decoder.length, 0, 1, 0, ...decoder);
  return writeBox('mp4a', fields, writeFullBox('esds', 0, 0, descriptor));
}
