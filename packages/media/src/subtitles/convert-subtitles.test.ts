import { expect, it } from 'vitest';
import { convertSubtitles, type SubtitlePackets } from './convert-subtitles.ts';
import { createPace } from './pace.ts';

const header = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, Bold, Italic, Underline
Style: Default,Arial,20,0,0,0
Style: Thought,Arial,20,0,-1,0

[Events]
`;

function packet(text: string, startMilliseconds = 0, durationMilliseconds: number | null = 1_000) {
  return { startMilliseconds, durationMilliseconds, bytes: Buffer.from(text) };
}

function convert(codec: string, texts: string[], changes: Partial<SubtitlePackets> = {}) {
  const packets = texts.map((text, index) => packet(text, index * 1_000));
  const stream = { codec, language: null, source: packets, packets, header, ...changes };
  return convertSubtitles(stream, async () => {});
}

/** The text of the only cue. */
async function cueText(codec: string, text: string): Promise<string> {
  const { webVtt } = await convert(codec, [text]);
  return webVtt.split(' --> 00:01.000\n')[1]?.trimEnd() ?? '';
}

const ass = (text: string, style = 'Default') => `0,0,${style},,0,0,0,,${text}`;

it.each([
  ['subrip', 'I <3 you', 'I &lt;3 you'],
  ['subrip', 'Tom & Jerry &amp; 2 > 1 -->', 'Tom &amp; Jerry &amp;amp; 2 &gt; 1 --&gt;'],
  ['subrip', 'an <unknown> tag', 'an &lt;unknown&gt; tag'],
  ['subrip', '<i>slanted <b>both</i></b> {curly}', '<i>slanted <b>both</b></i> {curly}'],
  ['subrip', '{\\an8}<font color="red">top</font>', 'top'],
  ['subrip', 'one\r\n\r\ntwo\\Nthree\\hfour', 'one\ntwo\nthree four'],
  ['text', '<i>plain</i> & {\\b1}', '&lt;i&gt;plain&lt;/i&gt; &amp; {\\b1}'],
  ['webvtt', '<v Bob>I &lt;3 <c.red>you</c> <3 & so', '<v Bob>I &lt;3 <c.red>you</c> &lt;3 &amp; so'],
  ['webvtt', '<v a-->one --> two', '&lt;v a--&gt;one --&gt; two'],
  ['webvtt', 'clear \0\u001b[2J\u0085', 'clear  [2J'],
  ['ass', ass('Hello <there> & "you"'), 'Hello &lt;there&gt; &amp; "you"'],
  ['ass', ass('Line one\\NLine two\\hend'), 'Line one\nLine two end'],
  ['ass', ass('one, two,\\N\\Nthree'), 'one, two,\nthree'],
  ['ass', ass('{\\an8\\pos(1,2)}{a comment}ka{\\k20}ra'), 'kara'],
  ['ass', ass('{\\i1}in{\\i0} {\\b700}bold{\\b0}{\\r}'), '<i>in</i> <b>bold</b>'],
  ['ass', ass('thinks {\\i0}aloud{\\r} again', 'Thought'), '<i>thinks </i>aloud<i> again</i>'],
  ['mov_text', ass('if {curly} \\{braces\\} {\\b1}b'), 'if {curly} {braces} <b>b</b>'],
  ['mov_text', ass('C:\\new <3'), 'C:\\new &lt;3'],
])('%s: %j', async (codec, text, expected) => {
  expect(await cueText(codec, text)).toBe(expected);
});

it('drops drawings, keeps the text next to them and counts both', async () => {
  const drawing = ass('{\\pos(100,100)\\p1}m 0 0 l 100 0 100 100 0 100{\\p0}');
  const mixed = ass('{\\p1}m 0 0 l 9 9{\\p0}A sign');
  const { webVtt, report } = await convert('ass', [drawing, mixed]);
  expect(webVtt).toBe(
    'WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n00:01.000 --> 00:02.000\nA sign\n',
  );
  expect(report).toMatchObject({ cueCount: 1, drawingCount: 2 });
});

it('counts cues that a decoder dropped, except empty ones', async () => {
  const source = [packet('\0\x05Hello', 0), packet('\0\0', 1_000), packet('\0\x05broken', 2_000)];
  const packets = [packet(ass('Hello'), 0)];
  const { report } = await convert('mov_text', [], { source, packets });
  expect(report).toMatchObject({ cueCount: 1, lostCueCount: 1 });
});

it('shows a cue without a duration until the next, at most 5 s', async () => {
  const packets = [packet('one', 0, null), packet('two', 2_000, null)];
  const { webVtt } = await convert('subrip', [], { packets });
  expect(webVtt).toContain('00:00.000 --> 00:02.000\none\n\n00:02.000 --> 00:07.000\ntwo\n');
});

it('cuts a cue that starts before the video and drops one that ends before it', async () => {
  const packets = [packet('gone', -3_000), packet('cut', -500), packet('whole', 3_600_500, 250)];
  const { webVtt } = await convert('subrip', [], { packets });
  expect(webVtt).not.toContain('gone');
  expect(webVtt).toContain('00:00.000 --> 00:00.500\ncut\n');
  expect(webVtt).toContain('01:00:00.500 --> 01:00:00.750\nwhole\n');
});

it.each([
  ['subrip', '{\\'],
  ['subrip', '{a:'],
  ['ass', '{'],
  ['ass', '{\\r'],
  ['mov_text', '{\\b1\\i1'],
])('attack: cues of 64 KiB of %s that open %s and never close it take minutes', async (codec, opening) => {
  const text = opening.repeat(65_000 / opening.length);
  const { webVtt } = await convert(codec, Array<string>(10).fill(codec === 'subrip' ? text : ass(text)));
  expect(webVtt).toContain(opening);
});

it('attack: a script with 100,000 columns and as many styles takes minutes', async () => {
  const columns = `Format: ${'a,'.repeat(100_000)}Name`;
  const styles = 'Style:\n'.repeat(100_000);
  const { report } = await convert('ass', [ass('text')], { header: `[V4+ Styles]\n${columns}\n${styles}` });
  expect(report.cueCount).toBe(1);
});

it.each([
  ['SubRip', 'subrip', 'a<b>b</b>'],
  ['ASS', 'ass', '{\\i1}a{\\i0}'],
  ['no known encoding', 'subrip', '\x81\xff'],
])('megabytes of %s block every timer of the process until they are converted', async (_, codec, unit) => {
  const text = unit.repeat(20_000 / unit.length);
  const bytes = Buffer.from(codec === 'ass' ? ass(text) : text, 'latin1');
  const packets = Array.from({ length: 100 }, (_, index) => ({ ...packet('', index * 1_000), bytes }));
  let pauses = 0;
  const pace = createPace(async () => {
    pauses += 1;
  });
  const stream = { codec, language: null, source: packets, packets, header };
  const { report } = await convertSubtitles(stream, pace);
  expect(report.cueCount).toBe(100);
  // Once for each quarter of a mebibyte that is decoded and read.
  expect(pauses).toBeGreaterThanOrEqual((2 * 2_000_000) / (256 * 1024) - 1);
});

it('ends with the reason for which a pause ends it', async () => {
  const packets = Array.from({ length: 100 }, () => packet('Déjà vu'.repeat(2_000)));
  const stream = { codec: 'subrip', language: null, source: packets, packets, header };
  const convertUntilPause = convertSubtitles(
    stream,
    createPace(() => Promise.reject(new RangeError('stopped'))),
  );
  await expect(convertUntilPause).rejects.toThrow('stopped');
});
