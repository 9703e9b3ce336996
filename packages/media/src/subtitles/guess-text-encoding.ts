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
export function guessTextEncoding(texts: readonly Uint8Array[], language: string | null): string {
  const primary = language?.split('-')[0] ?? '';
  const known = encodingsByLanguage.get(primary);
  const candidates = known ?? (isNonLatin(texts) ? nonLatinEncodings : [westernEuropean]);
  const [first = westernEuropean, second] = candidates.filter((encoding) => decodesAll(texts, encoding));
  if (second === 'koi8-r') return isKoi8(texts) ? 'koi8-r' : first;
  if (second === 'iso-8859-2') return hasControlBytes(texts) ? first : second;
  if (first === 'gb18030' && second === 'big5') return isBig5(texts, language) ? 'big5' : first;
  return first;
}

const nonLatinEncodings = ['euc-jp', 'shift_jis', 'euc-kr', 'gb18030', 'big5', 'windows-1251', 'koi8-r'];

function decodesAll(texts: readonly Uint8Array[], encoding: string): boolean {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    const decoded = texts.map((text) => decoder.decode(text)).join('');
    return encoding in scripts === false || hasScript(decoded, scripts[encoding]);
  } catch {
    return false;
  }
}

/** What a text decoded with one of these encodings must contain: nearly every pair of bytes is a valid character. */
const scripts: Record<string, RegExp> = {
  'euc-jp': /[\u3040-\u30ff]/,
  shift_jis: /[\u3040-\u30ff]/,
  'euc-kr': /[\uac00-\ud7a3]/,
};
const scriptShare = 0.2;

function hasScript(text: string, script: RegExp | undefined): boolean {
  if (script === undefined) return true;
  let letters = 0;
  let scriptLetters = 0;
  for (const character of text) {
    if (character <= '\u007f') continue;
    letters += 1;
    if (script.test(character)) scriptLetters += 1;
  }
  return scriptLetters >= letters * scriptShare;
}

function isNonLatin(texts: readonly Uint8Array[]): boolean {
  const high = count(texts, (byte) => byte >= 0x80);
  const latin = count(texts, (byte) => (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
  return high >= minNonLatinBytes && high >= (high + latin) * nonLatinShare;
}

/** Lower-case letters are more common: they are below the capitals in KOI8, above them in Windows-1251. */
function isKoi8(texts: readonly Uint8Array[]): boolean {
  return count(texts, (byte) => byte >= 0xc0 && byte < 0xe0) > count(texts, (byte) => byte >= 0xe0);
}

/** Windows encodings use the range that ISO 8859 reserves for control characters. */
function hasControlBytes(texts: readonly Uint8Array[]): boolean {
  return count(texts, (byte) => byte >= 0x80 && byte < 0xa0) > 0;
}

/** The second byte of a Big5 character may be ASCII; in GB 2312 it never is. */
function isBig5(texts: readonly Uint8Array[], language: string | null): boolean {
  if (language !== null && /-(hant|tw|hk|mo)\b/i.test(language)) return true;
  if (language !== null && /-(hans|cn|sg)\b/i.test(language)) return false;
  return texts.some((text) => {
    for (let at = 0; at < text.length; at++) {
      if ((text[at] ?? 0) < 0x80) continue;
      at++;
      if ((text[at] ?? 0xff) < 0x80) return true;
    }
    return false;
  });
}

function count(texts: readonly Uint8Array[], wanted: (byte: number) => boolean): number {
  let found = 0;
  for (const text of texts) {
    for (const byte of text) if (wanted(byte)) found += 1;
  }
  return found;
}
