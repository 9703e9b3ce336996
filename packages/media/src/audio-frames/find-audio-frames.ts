import { type AudioFrameHeader, readAudioFrameHeader } from './read-audio-frame-header.ts';

export interface FoundAudioFrames {
  readonly demuxer: AudioFrameHeader['demuxer'];
  /** The offset of the first frame. */
  readonly offsetBytes: number;
}

/** A header has about 20 fixed bits: so many consecutive frames do not occur by chance. */
const minFramesInARow = 8;

/** Finds the first of many consecutive frames, after any other bytes. */
export function findAudioFrames(bytes: Uint8Array): FoundAudioFrames | null {
  for (let at = bytes.indexOf(0xff); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const first = readAudioFrameHeader(bytes, at);
    if (first !== null && framesInARow(bytes, at) >= minFramesInARow) {
      return { demuxer: first.demuxer, offsetBytes: at };
    }
  }
  return null;
}

function framesInARow(bytes: Uint8Array, start: number): number {
  let kind: string | null = null;
  let at = start;
  for (let count = 0; count < minFramesInARow; count++) {
    const frame = readAudioFrameHeader(bytes, at);
    if (frame === null || (kind !== null && frame.kind !== kind)) return count;
    kind = frame.kind;
    at += frame.lengthBytes;
  }
  return minFramesInARow;
}
