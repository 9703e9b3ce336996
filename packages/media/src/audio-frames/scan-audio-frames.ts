import { audioFrameHeaderBytes, readAudioFrameHeader } from './read-audio-frame-header.ts';

/** Bytes of a file that are neither audio nor a tag. */
export interface NonAudioBytes {
  readonly startBytes: number;
  readonly endBytes: number;
}

export interface AudioFrameScan {
  /** Takes the next bytes of the file, split anywhere. */
  push(chunk: Uint8Array): void;
  end(): { readonly frameCount: number; readonly strayBytes: NonAudioBytes[] };
}

/** Shorter runs are not reported: a frame that was cut, a Lyrics tag, padding of a disc. */
const minStrayBytes = 4_096;
const maxFrameBytes = 8_192;

/** Reads a file of MPEG audio or ADTS frame by frame and records the bytes between frames. */
export function createAudioFrameScan(): AudioFrameScan {
  const strayBytes: NonAudioBytes[] = [];
  let held = new Uint8Array();
  let heldAtBytes = 0;
  let frameCount = 0;
  let strayStart: number | null = null;
  let skipUntil = 0;
  /** The kind of the frame that ends at the current position. */
  let kindBefore: string | null = null;

  function endStray(atBytes: number): void {
    if (strayStart !== null && atBytes - strayStart >= minStrayBytes) {
      strayBytes.push({ startBytes: strayStart, endBytes: atBytes });
    }
    strayStart = null;
  }

  function walk(isLast: boolean): void {
    // A frame counts only if another one precedes or follows it.
    const enough = isLast ? 0 : maxFrameBytes + audioFrameHeaderBytes;
    let at = Math.max(0, Math.min(held.length, skipUntil - heldAtBytes));
    while (held.length - at > enough) {
      const step = stepAt(held, at, { kindBefore, isLast });
      kindBefore = step?.kind ?? null;
      if (step === null) {
        strayStart ??= heldAtBytes + at;
        at += 1;
        continue;
      }
      endStray(heldAtBytes + at);
      if (step.kind !== null) frameCount += 1;
      at += step.lengthBytes;
    }
    skipUntil = heldAtBytes + at;
    const kept = Math.min(at, held.length);
    held = held.slice(kept);
    heldAtBytes += kept;
  }

  return {
    push(chunk) {
      const joined = new Uint8Array(held.length + chunk.length);
      joined.set(held);
      joined.set(chunk, held.length);
      held = joined;
      walk(false);
    },
    end() {
      walk(true);
      endStray(heldAtBytes);
      return { frameCount, strayBytes };
    },
  };
}

/** The frame or tag at this position. */
function stepAt(
  bytes: Uint8Array,
  at: number,
  { kindBefore, isLast }: { kindBefore: string | null; isLast: boolean },
): { lengthBytes: number; kind: string | null } | null {
  const frame = readAudioFrameHeader(bytes, at);
  if (frame !== null) {
    const next = at + frame.lengthBytes;
    const isFollowed = readAudioFrameHeader(bytes, next)?.kind === frame.kind || isTag(bytes, next);
    const isAtEnd = isLast && next >= bytes.length - audioFrameHeaderBytes;
    if (kindBefore === frame.kind || isFollowed || isAtEnd) return frame;
  }
  const tagBytes = tagLength(bytes, at);
  return tagBytes === null ? null : { lengthBytes: tagBytes, kind: null };
}

function isTag(bytes: Uint8Array, at: number): boolean {
  return tagLength(bytes, at) !== null;
}

/** The first letters of `ID3`, `TAG` and `APETAGEX`. */
const tagInitials = new Set([0x49, 0x54, 0x41]);

/** Source: https://id3.org/id3v2.4.0-structure, 3.1; https://wiki.hydrogenaud.io/index.php?title=APE_Tags_Header */
function tagLength(bytes: Uint8Array, at: number): number | null {
  // A fast test, as most bytes are none of these letters.
  if (!tagInitials.has(bytes[at] ?? 0)) return null;
  const text = (length: number) => String.fromCharCode(...bytes.subarray(at, at + length));
  if (text(3) === 'ID3') {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 6, at + 10);
    return 10 + ((a & 0x7f) << 21) + ((b & 0x7f) << 14) + ((c & 0x7f) << 7) + (d & 0x7f);
  }
  if (text(3) === 'TAG') return 128;
  if (text(8) !== 'APETAGEX') return null;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + 12, at + 16);
  return 32 + a + b * 2 ** 8 + c * 2 ** 16 + d * 2 ** 24;
}
