/** Enough bytes to be certain, and to reach the root element of an XML document after its comments. */
const sampleBytes = 4096;

/** The first bytes as Latin-1: one character per byte, without errors. */
export function decodeStart(bytes: Uint8Array): string {
  const start = bytes.subarray(0, sampleBytes);
  const isUtf8Marked = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
  return new TextDecoder('latin1').decode(isUtf8Marked ? start.subarray(3) : start);
}

/** UTF-8 or UTF-16 without control characters: no media file starts like that. */
export function looksLikeText(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, sampleBytes);
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) {
    return isPlain(new TextDecoder(start[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(start));
  }
  try {
    // With `stream`, a character that is cut at the end is no error.
    return isPlain(new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true }));
  } catch {
    return false;
  }
}

function isPlain(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression finds control characters
  return text.trim() !== '' && !/[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]/.test(text);
}
