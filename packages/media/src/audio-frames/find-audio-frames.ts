import { type AudioFrameHeader, readAudioFrame } from './read-audio-frame.ts';

export interface FoundAudioFrames {
  readonly demuxer: AudioFrameHeader['demuxer'];
  /** Where the first frame begins. */
  readonly offsetBytes: number;
}

/** A header takes 20 fixed bits at most: so many in a row at the right distance are no accident. */
const minFramesInARow = 8;

/** Looks for the first of many frames in a row, behind whatever stands before them. */
export function findAudioFrames(bytes: Uint8Array): FoundAudioFrames | null {
  for (let at = bytes.indexOf(0xff); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const first = readAudioFrame(bytes, at);
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
    const frame = readAudioFrame(bytes, at);
    if (frame === null || (kind !== null && frame.kind !== kind)) return count;
    kind = frame.kind;
    at += frame.lengthBytes;
  }
  return minFramesInARow;
}
