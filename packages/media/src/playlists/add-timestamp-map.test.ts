import { expect, it } from 'vitest';
import { addTimestampMap } from './add-timestamp-map.ts';

const cues = '\n00:00:01.000 --> 00:00:02.000\nX-TIMESTAMP-MAP= in a cue stays\n';
const mapped = 'X-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n';

it.each([
  ['a plain file', `WEBVTT\n${cues}`, `WEBVTT\n${mapped}${cues}`],
  [
    'a title and a header',
    `WEBVTT Title\nKind: captions\n${cues}`,
    `WEBVTT Title\n${mapped}Kind: captions\n${cues}`,
  ],
  [
    'a map that is there',
    `WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n${cues}`,
    `WEBVTT\n${mapped}${cues}`,
  ],
  [
    'a byte order mark and CRLF',
    `\uFEFFWEBVTT\n${cues}`.replaceAll('\n', '\r\n'),
    `WEBVTT\n${mapped}${cues}`,
  ],
  ['no cues', 'WEBVTT', `WEBVTT\n${mapped}`.trimEnd()],
])('maps %s to the media', (_case, text, expected) => {
  expect(addTimestampMap(text)).toBe(expected);
});

it.each(['', 'WEBVTTX\n', '1\n00:00:01,000 --> 00:00:02,000\nSubRip\n'])('refuses %j', (text) => {
  expect(() => addTimestampMap(text)).toThrow(expect.objectContaining({ code: 'invalid-webvtt' }));
});

it('an arrow in a text does not make it a cue', () => {
  const cue = '00:01.000 --> 00:02.000 align:start\nThis way --> to the exit';
  expect(addTimestampMap(`WEBVTT\n\n${cue}\n`)).toContain(
    '00:01.000 --> 00:02.000 align:start\nThis way --&gt; to the exit\n',
  );
});
