import { decodeOrNull } from './decode-or-null.ts';
import { guessTextEncoding } from './guess-text-encoding.ts';
import type { Pace } from './pace.ts';

export interface DecodedCueTexts {
  readonly texts: readonly string[];
  /** The assumed encoding of texts that are not UTF-8; null if all are UTF-8. */
  readonly legacyEncoding: string | null;
}

/** Decodes the bytes of each cue separately: some files contain parts in different encodings. */
export async function decodeCueTexts(
  cues: readonly Uint8Array[],
  language: string | null,
  pace: Pace,
): Promise<DecodedCueTexts> {
  const unicode = new TextDecoder('utf-8', { fatal: true });
  const decoded: (string | null)[] = [];
  for (const bytes of cues) {
    await pace(bytes.length);
    decoded.push(decodeOrNull(unicode, bytes));
  }
  const others = cues.filter((_, index) => decoded[index] === null);
  if (others.length === 0) return { texts: decoded.map((text) => text ?? ''), legacyEncoding: null };
  const legacyEncoding = await guessTextEncoding(others, language, pace);
  const legacy = new TextDecoder(legacyEncoding);
  const texts: string[] = [];
  for (const [index, bytes] of cues.entries()) {
    await pace(bytes.length);
    texts.push(decoded[index] ?? legacy.decode(bytes));
  }
  return { texts, legacyEncoding };
}
