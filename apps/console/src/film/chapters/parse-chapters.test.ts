import { expect, it } from 'vitest';
import { parseChapters } from './parse-chapters.ts';

it('reads times with and without hours, and titles with what WebVTT escapes', () => {
  const text = [
    'WEBVTT\n',
    '00:00.000 --> 01:02.500\nThe red &amp; &lt;warm&gt; part\n',
    '01:02.500 --> 100:00:00.001\n&amp;lt; — Ende --> hier\n',
  ].join('\n');
  expect(parseChapters(text)).toEqual([
    { startSeconds: 0, endSeconds: 62.5, title: 'The red & <warm> part' },
    { startSeconds: 62.5, endSeconds: 360_000.001, title: '&lt; — Ende --> hier' },
  ]);
});

it('reads none of a file without cues', () => {
  expect(parseChapters('WEBVTT\n')).toEqual([]);
});
