import { guessTextEncoding } from './guess-text-encoding.ts';

export interface DecodedCueTexts {
  readonly texts: readonly string[];
  /** The assumed encoding of texts that are not UTF-8; null if all are UTF-8. */
  readonly legacyEncoding: string | null;
}

/** Decodes the bytes of each cue separately: some files contain parts in different encodings. */
export function decodeCueTexts(cues: readonly Uint8Array[], language: string | null): DecodedCueTexts {
  const unicode = new TextDecoder('utf-8', { fatal: true });
  const decoded = cues.map((bytes) => {
    try {
      return unicode.decode(bytes);
    } catch {
      return null;
    }
  });
  const others = cues.filter((_, index) => decoded[index] === null);
  if (others.length === 0) return { texts: decoded.map((text) => text ?? ''), legacyEncoding: null };
  const legacyEncoding = guessTextEncoding(others, language);
  const legacy = new TextDecoder(legacyEncoding);
  return {
    texts: decoded.map((text, index) => text ?? legacy.decode(cues[index])),
    legacyEncoding,
  };
}
