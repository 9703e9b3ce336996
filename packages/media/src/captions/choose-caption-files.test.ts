import { describe, expect, it } from 'vitest';
import { besideKeyPrefix } from '../beside/files-beside.ts';
import { chooseCaptionFiles } from './choose-caption-files.ts';

const listed = (...names: string[]) => names.map((name) => ({ key: `videos/${name}`, sizeBytes: 100 }));

/** The chosen files without their folder. */
function chosenFor(source: string, ...names: string[]): string[] {
  const { files } = chooseCaptionFiles(`videos/${source}`, listed(source, ...names));
  return files.map(({ key }) => key.slice('videos/'.length));
}

describe('the name says the language and the kind', () => {
  it.each([
    ['holiday.srt', null, false, false],
    ['holiday.und.srt', null, false, false],
    ['holiday.en.srt', 'en', false, false],
    ['holiday.eng.vtt', 'en', false, false],
    ['holiday.de-AT.srt', 'de-AT', false, false],
    ['holiday.pt_br.ttml', 'pt-BR', false, false],
    ['holiday.zh-Hant-TW.srt', 'zh-Hant-TW', false, false],
    ['holiday.en.forced.srt', 'en', true, false],
    ['holiday.forced.en.srt', 'en', true, false],
    ['holiday.en.sdh.vtt', 'en', false, true],
    ['holiday.CC.SRT', null, false, true],
    ['holiday.mov.fr.srt', 'fr', false, false],
    ['holiday.mov.srt', null, false, false],
  ])('%s', (name, language, isForced, isHearingImpaired) => {
    const { files, leftOut } = chooseCaptionFiles('videos/holiday.mov', listed(name));
    expect(files).toEqual([{ key: `videos/${name}`, sizeBytes: 100, language, isForced, isHearingImpaired }]);
    expect(leftOut).toEqual([]);
  });

  it.each(['holiday.english.srt', 'holiday.en.de.srt', 'holiday.en.commentary.vtt', 'holiday..srt'])(
    '%s is refused by name',
    (name) => {
      const { files, refused, leftOut } = chooseCaptionFiles('videos/holiday.mov', listed(name));
      expect(files).toEqual([]);
      expect(refused).toEqual(listed(name));
      expect(leftOut).toEqual([
        {
          streamIndex: null,
          kind: 'captions',
          why: expect.stringMatching(`^${name}: not used: what its name says`),
        },
      ]);
    },
  );
});

it('two videos that differ in their ending take the same file', () => {
  expect(chosenFor('a.mov', 'a.mp4', 'a.en.srt')).toEqual(['a.en.srt']);
  expect(chosenFor('a.mp4', 'a.mov', 'a.en.srt')).toEqual(['a.en.srt']);
});

it('a file with the whole name of another video belongs to that one', () => {
  expect(chosenFor('a.mov', 'a.mp4', 'a.mov.en.srt')).toEqual(['a.mov.en.srt']);
  expect(chosenFor('a.mp4', 'a.mov', 'a.mov.en.srt', 'a.mov.srt')).toEqual([]);
});

it('a file belongs to the video with the longest name that it continues', () => {
  const names = ['a.mov', 'a.en.mov', 'a.part2.mov', 'a.en.srt', 'a.part2.de.srt', 'a.fr.srt'];
  expect(chosenFor('a.mov', ...names)).toEqual(['a.fr.srt']);
  expect(chosenFor('a.en.mov', ...names)).toEqual(['a.en.srt']);
  expect(chosenFor('a.part2.mov', ...names)).toEqual(['a.part2.de.srt']);
});

it('takes neither files of longer names nor what are no captions', () => {
  expect(chosenFor('a.mov', 'ab.srt', 'a.srt.md5', 'a.txt', 'a.mov.json', 'b/a.srt')).toEqual([]);
});

it('the prefix for a listing leaves out the ending of the name only', () => {
  expect(besideKeyPrefix('videos/trip.2/a.b.mov')).toBe('videos/trip.2/a.b.');
  expect(besideKeyPrefix('videos/trip.2/film')).toBe('videos/trip.2/film.');
  expect(besideKeyPrefix('videos/.mov')).toBe('videos/.mov.');
});

it('refuses files that are too large, by themselves or together, and more than a hundred', () => {
  const file = (name: string, mebibytes: number) => ({
    key: `videos/${name}`,
    sizeBytes: mebibytes * 1024 ** 2,
  });
  const large = chooseCaptionFiles('videos/a.mov', [
    ...['de', 'en', 'es', 'fr'].map((language) => file(`a.${language}.srt`, 16)),
    file('a.it.srt', 1),
    file('a.zu.srt', 17),
  ]);
  expect(large.files).toHaveLength(4);
  expect(large.leftOut.map(({ why }) => why)).toEqual([
    expect.stringMatching(/^a\.it\.srt: not used: it and the other caption files/),
    expect.stringMatching(/^a\.zu\.srt: not used: it is larger/),
  ]);
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const many = letters.flatMap((one) => letters.map((other) => file(`a.${one}${other}.srt`, 0)));
  const { files, leftOut } = chooseCaptionFiles('videos/a.mov', many);
  expect(files).toHaveLength(100);
  expect(leftOut.map(({ why }) => why)).toEqual([
    '576 more caption files are not used: 100 are read beside one video',
  ]);
});

it('names of files cannot command a terminal', () => {
  const { leftOut } = chooseCaptionFiles('videos/a.mov', listed('a.\u001b[2J\u202e.srt'));
  expect(leftOut[0]?.why).toMatch(/^a\.\?\[2J\?\.srt: /);
  expect(leftOut[0]?.why).not.toMatch(/\p{C}/u);
});
