import { decodeOrNull } from './decode-or-null.ts';
import type { Pace } from './pace.ts';

/** Languages and their encodings before UTF-8, most common first. */
const encodingsByLanguage = new Map<string, readonly string[]>(
  Object.entries({
    'windows-1251 koi8-r': 'ru uk be bg sr mk kk mn',
    'windows-1250 iso-8859-2': 'cs sk pl hu sl hr bs ro sq',
    'windows-1253': 'el',
    'windows-1254': 'tr az',
    'windows-1255': 'he yi',
    'windows-1256': 'ar fa ur',
    'windows-1257': 'et lv lt',
    'windows-1258': 'vi',
    'windows-874': 'th',
    'euc-jp shift_jis': 'ja',
    'gb18030 big5': 'zh',
    'euc-kr': 'ko',
  }).flatMap(([encodings, languages]) =>
    languages.split(' ').map((language) => [language, encodings.split(' ')] as const),
  ),
);

const westernEuropean = 'windows-1252';

/** From this share of non-ASCII letters on, a text is not in Latin script. */
const nonLatinShare = 0.6;
/** Fewer letters may be a single accented word. */
const minNonLatinBytes = 4;

/**
 * The encoding of texts that are not UTF-8: from the track's language, else from the bytes.
 * @param language BCP-47, or null
 * @returns a label of the WHATWG Encoding Standard
 */
export async function guessTextEncoding(
  texts: readonly Uint8Array[],
  language: string | null,
  pace: Pace,
): Promise<string> {
  const primary = language?.split('-')[0] ?? '';
  const known = encodingsByLanguage.get(primary);
  const candidates = known ?? ((await isNonLatin(texts, pace)) ? nonLatinEncodings : [westernEuropean]);
  const [first = westernEuropean, second] = await firstTwoFitting(candidates, texts, pace);
  if (second === 'koi8-r') return (await isKoi8(texts, pace)) ? 'koi8-r' : first;
  if (second === 'iso-8859-2') return (await hasControlBytes(texts, pace)) ? first : second;
  if (first === 'gb18030' && second === 'big5') return (await isBig5(texts, language, pace)) ? 'big5' : first;
  return first;
}

async function firstTwoFitting(candidates: readonly string[], texts: readonly Uint8Array[], pace: Pace) {
  const fitting: string[] = [];
  for (const encoding of candidates) {
    if (fitting.length < 2 && (await decodesAll(texts, encoding, pace))) fitting.push(encoding);
  }
  return fitting;
}

const nonLatinEncodings = ['euc-jp', 'shift_jis', 'euc-kr', 'gb18030', 'big5', 'windows-1251', 'koi8-r'];

async function decodesAll(texts: readonly Uint8Array[], encoding: string, pace: Pace): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const script = scripts[encoding];
  const count = { letters: 0, scriptLetters: 0 };
  for (const bytes of texts) {
    await pace(bytes.length);
    const text = decodeOrNull(decoder, bytes);
    if (text === null) return false;
    if (script !== undefined) addLetters(count, text, script);
  }
  return count.scriptLetters >= count.letters * scriptShare;
}

/** What a text decoded with one of these encodings must contain: nearly every pair of bytes is a valid character. */
const scripts: Record<string, RegExp> = {
  'euc-jp': /[\u3040-\u30ff]/,
  shift_jis: /[\u3040-\u30ff]/,
  'euc-kr': /[\uac00-\ud7a3]/,
};
const scriptShare = 0.2;

function addLetters(count: { letters: number; scriptLetters: number }, text: string, script: RegExp): void {
  for (const character of text) {
    if (character <= '\u007f') continue;
    count.letters += 1;
    if (script.test(character)) count.scriptLetters += 1;
  }
}

async function isNonLatin(texts: readonly Uint8Array[], pace: Pace): Promise<boolean> {
  const high = await count(texts, (byte) => byte >= 0x80, pace);
  const isLatin = (byte: number) => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  const latin = await count(texts, isLatin, pace);
  return high >= minNonLatinBytes && high >= (high + latin) * nonLatinShare;
}

/** Lower-case letters are more common: they are below the capitals in KOI8, above them in Windows-1251. */
async function isKoi8(texts: readonly Uint8Array[], pace: Pace): Promise<boolean> {
  const lower = await count(texts, (byte) => byte >= 0xc0 && byte < 0xe0, pace);
  return lower > (await count(texts, (byte) => byte >= 0xe0, pace));
}

/** Windows encodings use the range that ISO 8859 reserves for control characters. */
async function hasControlBytes(texts: readonly Uint8Array[], pace: Pace): Promise<boolean> {
  return (await count(texts, (byte) => byte >= 0x80 && byte < 0xa0, pace)) > 0;
}

/** The second byte of a Big5 character may be ASCII; in GB 2312 it never is. */
async function isBig5(texts: readonly Uint8Array[], language: string | null, pace: Pace): Promise<boolean> {
  if (language !== null && /-(hant|tw|hk|mo)\b/i.test(language)) return true;
  if (language !== null && /-(hans|cn|sg)\b/i.test(language)) return false;
  for (const text of texts) {
    await pace(text.length);
    if (hasAsciiSecondByte(text)) return true;
  }
  return false;
}

function hasAsciiSecondByte(text: Uint8Array): boolean {
  for (let at = 0; at < text.length; at++) {
    if ((text[at] ?? 0) < 0x80) continue;
    at++;
    if ((text[at] ?? 0xff) < 0x80) return true;
  }
  return false;
}

async function count(
  texts: readonly Uint8Array[],
  wanted: (byte: number) => boolean,
  pace: Pace,
): Promise<number> {
  let found = 0;
  for (const text of texts) {
    await pace(text.length);
    for (const byte of text) if (wanted(byte)) found += 1;
  }
  return found;
}
