/** The bytes of a caption file in an encoding in which ASCII characters are single bytes, without a byte order mark. */
export interface CaptionBytes {
  readonly bytes: Uint8Array;
  /** The encoding of the file if it is UTF-16; these bytes are then UTF-8. */
  readonly unicodeEncoding: 'utf-16le' | 'utf-16be' | null;
}

/** Half of the bytes of digits and spaces are 0 in UTF-16, and every cue has a line of them. */
const minZeroShare = 0.1;
const surveyedBytes = 64 * 1024;

/** Recognizes UTF-8 and UTF-16 by their byte order mark, UTF-16 also without one. All else is left as it is. */
export function decodeCaptionFile(file: Uint8Array): CaptionBytes {
  if (beginsWith(file, [0xef, 0xbb, 0xbf])) return { bytes: file.subarray(3), unicodeEncoding: null };
  const unicodeEncoding = utf16Of(file);
  if (unicodeEncoding === null) return { bytes: file, unicodeEncoding };
  // The decoder drops the byte order mark.
  const text = new TextDecoder(unicodeEncoding).decode(file);
  return { bytes: new TextEncoder().encode(text), unicodeEncoding };
}

function utf16Of(file: Uint8Array): CaptionBytes['unicodeEncoding'] {
  if (beginsWith(file, [0xff, 0xfe])) return 'utf-16le';
  if (beginsWith(file, [0xfe, 0xff])) return 'utf-16be';
  const zeros = [0, 0];
  const surveyed = Math.min(file.length, surveyedBytes);
  for (let at = 0; at < surveyed; at++) if (file[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < surveyed * minZeroShare) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function beginsWith(file: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => file[at] === byte);
}
