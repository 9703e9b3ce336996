import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CaptionRefusal } from './caption-refusal.ts';
import { type CaptionSource, convertCaptions } from './convert-captions.ts';

const immediately = async () => {};

function convert(file: string | Uint8Array, changes: Partial<CaptionSource> = {}) {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  return convertCaptions({ bytes, language: null, durationSeconds: null, ...changes }, immediately);
}

/** `[times, text]` of every cue. */
async function cuesOf(file: string | Uint8Array, changes?: Partial<CaptionSource>): Promise<string[][]> {
  const { webVtt } = await convert(file, changes);
  const [header, ...blocks] = webVtt.split('\n\n');
  expect(header).toMatch(/^WEBVTT\n/);
  return blocks.map((block) => {
    const [times = '', ...text] = block.trimEnd().split('\n');
    return [times, text.join('\n')];
  });
}

const first = '00:01.000 --> 00:02.000';
const second = '00:03.000 --> 00:04.500';
const twoCues = [
  [first, 'Él dijo «señor»'],
  [second, 'y se fue'],
];
const srt = `1
00:00:01,000 --> 00:00:02,000
Él dijo «señor»

2
00:00:03,000 --> 00:00:04,500
y se fue
`;
const big = (text: string) => Buffer.from(text, 'utf16le').swap16();
const mark = '\ufeff';

it.each([
  ['UTF-8', Buffer.from(srt), 'utf-8'],
  ['UTF-8 with a byte order mark', Buffer.from(mark + srt), 'utf-8'],
  ['UTF-16 LE', Buffer.from(mark + srt, 'utf16le'), 'utf-16le'],
  ['UTF-16 LE without a mark', Buffer.from(srt, 'utf16le'), 'utf-16le'],
  ['UTF-16 BE', big(mark + srt), 'utf-16be'],
  ['UTF-16 BE without a mark', big(srt), 'utf-16be'],
  // Each of these characters has the same number in Windows-1252 as in Unicode.
  ['Windows-1252', Buffer.from(srt, 'latin1'), 'windows-1252'],
])('SubRip in %s', async (_, bytes, encoding) => {
  expect(await cuesOf(bytes)).toEqual(twoCues);
  expect(await convert(bytes)).toMatchObject({ format: 'SubRip', encoding, leftOut: [] });
});

it.each([
  ['Russian in Windows-1251', 'ru', 'windows-1251', 'cff0e8e2e5f2', 'Привет'],
  ['Polish in Windows-1250', 'pl', 'windows-1250', '7a61bff3b3e69c', 'zażółćś'],
  ['Japanese in Shift_JIS', 'ja', 'shift_jis', '82b182f182c982bf82cd', 'こんにちは'],
  ['Chinese in GB 18030', 'zh', 'gb18030', 'c4e3bac3', '你好'],
  [
    'Euro signs and quotation marks of Windows-1252',
    null,
    'windows-1252',
    '934974927320746f6f20646561723a20358085942097206e6f',
    '“It’s too dear: 5€…” — no',
  ],
])('SubRip: %s', async (_, language, encoding, hex, text) => {
  const bytes = Buffer.concat([
    Buffer.from('1\r\n00:00:01,000 --> 00:00:02,000\r\n'),
    Buffer.from(hex, 'hex'),
    Buffer.from('\r\n'),
  ]);
  expect(await cuesOf(bytes, { language })).toEqual([[first, text]]);
  expect(await convert(bytes, { language })).toMatchObject({ encoding });
});

const times = '00:00:01,000 --> 00:00:02,000';
const later = '00:00:03,000 --> 00:00:04,500';
const plain = [
  [first, 'one'],
  [second, 'two'],
];

it.each([
  ['CRLF', `1\r\n${times}\r\none\r\n\r\n2\r\n${later}\r\ntwo\r\n`, plain],
  ['CR only', `1\r${times}\rone\r\r2\r${later}\rtwo\r`, plain],
  ['no numbers', `${times}\none\n\n${later}\ntwo`, plain],
  ['the same number twice', `1\n${times}\none\n\n1\n${later}\ntwo`, plain],
  ['numbers in the wrong order, with spaces', ` 9 \n${times}\none\n\n 0007\n${later}\ntwo`, plain],
  ['no empty lines', `1\n${times}\none\n2\n${later}\ntwo`, plain],
  ['no empty lines and no numbers', `${times}\none\n${later}\ntwo`, plain],
  ['empty lines everywhere', `\n\n1\n\n${times}\none\n\n\n\n2\n${later}\ntwo\n\n\n`, plain],
  [
    'an empty line in the text',
    `1\n${times}\none\n\nmore\n\n2\n${later}\ntwo`,
    [
      [first, 'one\nmore'],
      [second, 'two'],
    ],
  ],
  [
    'a text that is a number',
    `1\n${times}\n1984\n\n2\n${later}\n42\n`,
    [
      [first, '1984'],
      [second, '42'],
    ],
  ],
  [
    'a text that is a number, without empty lines',
    `${times}\n1984\n${later}\n42`,
    [
      [first, '1984'],
      [second, '42'],
    ],
  ],
  ['a cue without text', `1\n${times}\n2\n${later}\ntwo`, [[second, 'two']]],
  ['points as separators', `1\n00:00:01.000 --> 00:00:02.000\none\n\n2\n0:0:3.0 --> 0:0:4.5\ntwo`, plain],
  ['no hours, one digit, no fraction', '0:1 --> 0:2\none\n\n00:03 --> 00:04,5\ntwo', plain],
  [
    'spaces in the times',
    '00: 00: 01, 000  -->  00:00:02 ,000\none\n\n00:00:03,000-->00:00:04,500\ntwo',
    plain,
  ],
  [
    'dashes of a word processor',
    '00:00:01,000 –> 00:00:02,000\none\n\n00:00:03,000 —> 00:00:04,500\ntwo',
    plain,
  ],
  [
    'positions behind the times',
    `1\n${times}  X1:100 X2:200 Y1:1 Y2:2\none\n\n2\n${later} align:start\ntwo`,
    plain,
  ],
  ['unordered cues', `2\n${later}\ntwo\n\n1\n${times}\none`, plain],
  [
    'overlapping cues',
    `1\n00:00:01,000 --> 00:00:03,500\none\n\n2\n${later}\ntwo`,
    [
      ['00:01.000 --> 00:03.500', 'one'],
      [second, 'two'],
    ],
  ],
  [
    'an end before the start: shown until the next cue',
    `1\n00:00:01,000 --> 00:00:00,500\none\n\n2\n${later}\ntwo`,
    [
      ['00:01.000 --> 00:03.000', 'one'],
      [second, 'two'],
    ],
  ],
  [
    'styles and other tags',
    `1\n${times}\n{\\an8}<i>one</i> <font color="#ff0000">red</font> <b>bold\n\n2\n${later}\n<u>two`,
    [
      [first, '<i>one</i> red <b>bold</b>'],
      [second, '<u>two</u>'],
    ],
  ],
  ['a text before the first cue', `downloaded from somewhere\n\n1\n${times}\none\n\n2\n${later}\ntwo`, plain],
  [
    'an arrow in the text',
    `1\n${times}\nA --> B\n\n2\n${later}\n3 -> 4 --> 5`,
    [
      [first, 'A --&gt; B'],
      [second, '3 -&gt; 4 --&gt; 5'],
    ],
  ],
] as const)('SubRip with %s', async (_, file, expected) => {
  expect(await cuesOf(file)).toEqual(expected);
});

it('counts cues whose times cannot be read, and keeps their text out of the cue before', async () => {
  const file = `1\n${times}\none\n\n2\n00:00:0Z,000 --> 00:00:09,000\nlost\n\n3\n${later}\ntwo`;
  expect(await cuesOf(file)).toEqual(plain);
  expect((await convert(file)).leftOut).toEqual(['cues whose times cannot be read: 1']);
});

it('drops cues that begin after the end of the video, and ends the last one with it', async () => {
  const file = `${times}\none\n\n${later}\ntwo\n\n00:00:04,000 --> 00:00:05,000\nlate`;
  expect(await cuesOf(file, { durationSeconds: 4 })).toEqual([
    [first, 'one'],
    ['00:03.000 --> 00:04.000', 'two'],
  ]);
  const { leftOut } = await convert(file, { durationSeconds: 4 });
  expect(leftOut).toEqual(['cues that begin after the end of the video: 1']);
});

it.each([
  [
    'with styles, notes and identifiers',
    'WEBVTT - title\n\nSTYLE\n::cue { color: red }\n\nNOTE\nignore --> this\n\nintro\n00:01.000 --> 00:02.000 line:0\none\n\n2\n00:00:03.000 --> 00:00:04.500\ntwo',
  ],
  [
    'with a mark and CRLF',
    `${mark}WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\none\r\n\r\n00:03.000 --> 00:04.500\r\ntwo\r\n`,
  ],
  ['with the times of SubRip and no empty lines', `WEBVTT\n1\n${times}\none\n2\n${later}\ntwo`],
  [
    'as a segment of HLS',
    `WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n${times}\none\n\n${later}\ntwo`,
  ],
])('WebVTT %s', async (_, file) => {
  expect(await cuesOf(file)).toEqual(plain);
  expect(await convert(file)).toMatchObject({ format: 'WebVTT', encoding: 'utf-8' });
});

it('WebVTT keeps speakers and classes, and escapes what is no markup of it', async () => {
  const file = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bob>I &lt;3 <c.red>you</c> & <script>x()</script>';
  const text = '<v Bob>I &lt;3 <c.red>you</c> &amp; &lt;script&gt;x()&lt;/script&gt;';
  expect(await cuesOf(file)).toEqual([[first, text]]);
});

const ttml = (body: string, attributes = '') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling" ${attributes}>
  <head><metadata><ttm:title xmlns:ttm="m">A title</ttm:title></metadata>
  <styling><style xml:id="slant" tts:fontStyle="italic"/><style xml:id="loud" style="slant" tts:fontWeight="bold"/></styling></head>
  <body>${body}</body></tt>`;

it.each([
  [
    'clock times',
    '<div><p begin="00:00:01" end="00:00:02.000">one</p><p begin="00:00:03.0" end="00:00:04.5">two</p></div>',
  ],
  ['offsets', '<div><p begin="1s" end="2000ms">one</p><p begin="0.05m" dur="1.5s">two</p></div>'],
  [
    'frames',
    '<div><p begin="00:00:01:00" end="50f">one</p><p begin="75f" end="00:00:04:12.5">two</p></div>',
    'ttp:frameRate="25"',
  ],
  [
    'ticks',
    '<div><p begin="1000t" end="2000t">one</p><p begin="3000t" dur="1500t">two</p></div>',
    'ttp:tickRate="1000"',
  ],
  [
    'times of the division',
    '<div begin="1s" dur="1s"><p>one</p></div><div begin="3s" end="4.5s"><p end="9s">two</p></div>',
  ],
  [
    'times of spans',
    '<div><p><span begin="1s" end="2s">one</span><span begin="3s" end="4.5s">two</span></p></div>',
  ],
  [
    'paragraphs that follow one another',
    '<div timeContainer="seq"><p begin="1s" dur="1s">one</p><p begin="1s" dur="1.5s">two</p></div>',
  ],
  ['unordered paragraphs', '<div><p begin="3s" end="4.5s">two</p><p begin="1s" end="2s">one</p></div>'],
])('TTML with %s', async (_, body, attributes = '') => {
  const frames = attributes.includes('frameRate');
  const expected = frames ? [plain[0], ['00:03.000 --> 00:04.480', 'two']] : plain;
  expect(await cuesOf(ttml(body, attributes))).toEqual(expected);
  expect(await convert(ttml(body, attributes))).toMatchObject({
    format: 'TTML',
    encoding: 'utf-8',
    leftOut: [],
  });
});

it('TTML keeps breaks, bold, italic and underline, and no other space than single ones', async () => {
  const body = `<div><p begin="1s" end="2s" style="slant">
      Tom &amp; <span tts:fontStyle="normal">Jerry</span><br/>
      &lt;b> <span style="loud" tts:textDecoration="underline">loud</span>
      <metadata>not this</metadata></p></div>`;
  const text = '<i>Tom &amp; </i>Jerry<i>\n&lt;b&gt; <b><u>loud</u></b></i>';
  expect(await cuesOf(ttml(body))).toEqual([[first, text]]);
});

it('TTML with prefixes, in UTF-16, and in an encoding that it declares', async () => {
  const prefixed =
    '<tt:tt xmlns:tt="http://www.w3.org/2006/10/ttaf1"><tt:body><tt:p begin="1s" end="2s">señor</tt:p></tt:body></tt:tt>';
  expect(await cuesOf(prefixed)).toEqual([[first, 'señor']]);
  const wide = Buffer.from(`${mark}<?xml version="1.0" encoding="UTF-16"?>${prefixed}`, 'utf16le');
  expect(await cuesOf(wide)).toEqual([[first, 'señor']]);
  const declared = Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?>${prefixed}`, 'latin1');
  expect(await cuesOf(declared)).toEqual([[first, 'señor']]);
  expect(await convert(declared)).toMatchObject({ encoding: 'windows-1252' });
});

it('counts paragraphs of TTML whose times cannot be read', async () => {
  const body =
    '<div><p begin="1s" end="2s">one</p><p begin="soon">lost</p><p begin="3s" end="4.5s">two</p></div>';
  expect(await cuesOf(ttml(body))).toEqual(plain);
  expect((await convert(ttml(body))).leftOut).toEqual(['cues whose times cannot be read: 1']);
});

it.each([
  ['an empty file', '', 'caption-without-cues'],
  ['prose', 'These are no captions.\n', 'caption-without-cues'],
  ['bytes of a program', Buffer.from('7f454c460201010000000000000000000300', 'hex'), 'caption-without-cues'],
  [
    'an ASS script',
    '[Script Info]\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Hi',
    'caption-without-cues',
  ],
  ['other XML', '<?xml version="1.0"?><rss><channel/></rss>', 'caption-without-cues'],
  ['cues without text', `1\n${times}\n\n2\n${later}\n<font></font>\n`, 'caption-without-text'],
  [
    'an entity bomb',
    '<!DOCTYPE tt [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><tt><body><p begin="1s" end="2s">&b;</p></body></tt>',
    'caption-document-type',
  ],
  [
    'an external entity',
    '<?xml version="1.0"?><!DOCTYPE tt SYSTEM "file:///etc/passwd"><tt/>',
    'caption-document-type',
  ],
  ['an unknown entity', ttml('<p begin="1s" end="2s">&secret;</p>'), 'caption-xml-damaged'],
  ['TTML that is cut off', ttml('<p begin="1s" end="2s">one</p>').slice(0, -20), 'caption-xml-damaged'],
  [
    'TTML of a thousand levels',
    `<tt><body>${'<div>'.repeat(1_000)}${'</div>'.repeat(1_000)}</body></tt>`,
    'caption-xml-damaged',
  ],
  ['a cue of 70,000 characters', `${times}\n${'x'.repeat(70_000)}`, 'caption-cues-not-accepted'],
  [
    'a paragraph of 70,000 characters',
    ttml(`<p begin="1s" end="2s">${'x'.repeat(70_000)}</p>`),
    'caption-cues-not-accepted',
  ],
  ['200,000 cues', `${times}\nx\n`.repeat(200_000), 'caption-cues-not-accepted'],
  ['200,000 paragraphs', ttml('<p begin="1s" end="2s">x</p>'.repeat(200_000)), 'caption-cues-not-accepted'],
])('refuses %s', async (_, file, code) => {
  await expect(convert(file)).rejects.toMatchObject({ code, name: 'CaptionRefusal' });
});

it('refuses captions of a longer video', async () => {
  const converting = convert(srt, { durationSeconds: 0.5 });
  await expect(converting).rejects.toThrow('all of its cues begin after the end of the video');
});

const hostile = 'a\u001b[2J\u0007\u0085<img src=x onerror=alert(1)> --> 00:00:09.000\u0000b';

it.each([
  ['SubRip', `1\n${times}\n${hostile}\n`],
  ['WebVTT', `WEBVTT\n\n${times.replaceAll(',', '.')}\n${hostile}\n`],
  [
    'TTML',
    ttml(`<p begin="1s" end="2s">${hostile.replaceAll(/\p{Cc}/gu, '\u0085').replaceAll('<', '&lt;')}</p>`),
  ],
])('neither commands for terminals nor HTML reach the WebVTT of %s', async (_, file) => {
  const { webVtt } = await convert(file);
  expect(webVtt.match(/-->/g)).toHaveLength(1);
  expect(webVtt).not.toMatch(/[^\P{Cc}\n]/u);
  expect(webVtt).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

it.each([
  ['empty lines', '\n'],
  ['carriage returns', '\r'],
  ['numbers', '1\n'],
  ['arrows', '>\n'],
  ['spaces before an arrow', `1${' '.repeat(250)}>\n`],
  ['braces', '{\\'],
  ['elements', '<b>'],
])('attack: 4 MiB of %s block every timer of the process until they are read', async (_, unit) => {
  const bytes = Buffer.alloc(4 * 1024 * 1024, `${times}\n${unit.repeat(1_000)}\n`);
  let pauses = 0;
  const converting = convertCaptions({ bytes, language: null, durationSeconds: null }, async () => {
    pauses += 1;
  });
  await converting.catch(({ code }) => expect(code).toMatch(/^caption-/));
  expect(pauses).toBeGreaterThanOrEqual(15);
});

it('a file with any damage is converted to valid WebVTT or refused, and nothing else', async () => {
  const files = [
    Buffer.from(srt),
    Buffer.from(srt, 'latin1'),
    Buffer.from(mark + srt, 'utf16le'),
    Buffer.from('WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bob>Hi & <i>you</i>\n'),
    Buffer.from(ttml('<p begin="1s" end="2s" style="loud">a<br/><span>b</span></p>')),
  ];
  const damage = fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255), isRemoval: fc.boolean() }), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), damage, async (file, changes) => {
      const bytes = [...file];
      for (const { at, byte, isRemoval } of changes) {
        if (isRemoval) bytes.splice(at % bytes.length, 1);
        else bytes[at % bytes.length] = byte;
      }
      const converted = await convert(Uint8Array.from(bytes)).catch((error) => {
        expect(error).toBeInstanceOf(CaptionRefusal);
        return null;
      });
      if (converted === null) return;
      const [header, ...blocks] = converted.webVtt.trimEnd().split('\n\n');
      expect(header).toMatch(/^WEBVTT\nX-TIMESTAMP-MAP=/);
      expect(blocks).toHaveLength(converted.report.cueCount);
      for (const block of blocks) {
        expect(block).toMatch(/^(\d+:)?\d\d:\d\d\.\d{3} --> (\d+:)?\d\d:\d\d\.\d{3}\n[^\n]/);
        expect(block.match(/-->/g)).toHaveLength(1);
        expect(block).not.toMatch(/[^\P{Cc}\n]/u);
      }
    }),
    { numRuns: 500 },
  );
});
