import { expect, it } from 'vitest';
import { decodeCueTexts } from './decode-cue-texts.ts';

const pace = async () => {};

/**
 * Test encoder for encodings that TextEncoder cannot write: decodes every byte and pair of bytes and inverts the table.
 */
function encode(text: string, encoding: string): Uint8Array {
  const bytesOf = tables.get(encoding) ?? tableOf(encoding);
  tables.set(encoding, bytesOf);
  return Uint8Array.from([...text].flatMap((character) => bytesOf.get(character) ?? []));
}

function isDoubleByte(encoding: string): boolean {
  return /^(shift|euc|gb|big)/.test(encoding);
}

const tables = new Map<string, Map<string, number[]>>();

function tableOf(encoding: string): Map<string, number[]> {
  const bytesOf = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding);
  for (let first = 255; first >= 0; first--) {
    for (let second = 255; first >= 0x80 && second >= 0x40 && isDoubleByte(encoding); second--) {
      const pair = decoder.decode(Uint8Array.of(first, second));
      if ([...pair].length === 1) bytesOf.set(pair, [first, second]);
    }
    bytesOf.set(decoder.decode(Uint8Array.of(first)), [first]);
  }
  return bytesOf;
}

const cases: [string, string, string | null, string[]][] = [
  ['French', 'windows-1252', 'fr', ["Déjà vu à l'été", 'Où est-ce ?']],
  ['German without a language tag', 'windows-1252', null, ['Übergröße', 'Ärger, Öl']],
  ['a single accented word', 'windows-1252', null, ['à']],
  ['Polish', 'windows-1250', 'pl', ['Zażółć gęślą jaźń']],
  ['Polish in a Unix encoding', 'iso-8859-2', 'pl', ['Zażółć gęślą jaźń']],
  ['Czech', 'windows-1250', 'cs', ['Příliš žluťoučký kůň']],
  ['Russian', 'windows-1251', 'ru', ['Привет, как дела?', 'Не знаю.']],
  ['Russian in a Unix encoding', 'koi8-r', 'ru', ['Привет, как дела?', 'Не знаю.']],
  ['Russian tagged as English', 'windows-1251', 'en', ['Привет, как дела?', 'Не знаю.']],
  ['Greek', 'windows-1253', 'el', ['Καλημέρα κόσμε']],
  ['Turkish', 'windows-1254', 'tr', ['Günaydın, nasılsınız? Işık şöyle']],
  ['Hebrew', 'windows-1255', 'he', ['שלום עולם']],
  ['Arabic', 'windows-1256', 'ar', ['مرحبا بالعالم']],
  ['Thai', 'windows-874', 'th', ['สวัสดีชาวโลก']],
  ['Japanese', 'shift_jis', 'ja', ['これは日本語の字幕です。', 'ありがとう']],
  ['Japanese without a language tag', 'shift_jis', null, ['これは日本語の字幕です。', 'ありがとう']],
  ['Japanese in a Unix encoding', 'euc-jp', 'ja', ['これは日本語の字幕です。']],
  ['Korean', 'euc-kr', 'ko', ['안녕하세요 세계', '감사합니다']],
  ['Simplified Chinese', 'gb18030', 'zh', ['你好，世界', '谢谢你们']],
  ['Traditional Chinese', 'big5', 'zh', ['你好，世界', '謝謝你們，這是什麼']],
];

it.each(cases)('%s in %s: every cue is readable', async (_, encoding, language, texts) => {
  const cues = texts.map((text) => encode(text, encoding));
  expect(await decodeCueTexts(cues, language, pace)).toEqual({ texts, legacyEncoding: encoding });
});

it('decodes each cue separately if parts have different encodings', async () => {
  const cues = [Buffer.from('naïve'), encode('Déjà', 'windows-1252'), Buffer.from('plain')];
  expect(await decodeCueTexts(cues, null, pace)).toEqual({
    texts: ['naïve', 'Déjà', 'plain'],
    legacyEncoding: 'windows-1252',
  });
});

it('reports no encoding if all is UTF-8', async () => {
  const cues = [Buffer.from('Déjà'), Buffer.from('日本')];
  expect((await decodeCueTexts(cues, 'fr', pace)).legacyEncoding).toBeNull();
});
