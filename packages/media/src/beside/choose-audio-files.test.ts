import { expect, it } from 'vitest';
import { chooseCaptionFiles } from '../captions/choose-caption-files.ts';
import { chooseAudioFiles } from './choose-audio-files.ts';

const listed = (...names: string[]) => names.map((name) => ({ key: `videos/${name}`, sizeBytes: 1_000 }));
const chosen = (...names: string[]) =>
  chooseAudioFiles('videos/holiday.mov', listed('holiday.mov', ...names)).files.map(
    ({ key, language, role }) => [key.slice('videos/'.length), language, role],
  );

it('takes audio with a language in its name, whether or not the name has the ending of the film', () => {
  expect(
    chosen(
      'holiday.de.m4a',
      'holiday.mov.pt-BR.wav',
      'holiday.eng.mp3',
      'holiday.fr.opus',
      'holiday.it.flac',
    ),
  ).toEqual([
    ['holiday.de.m4a', 'de', 'main'],
    ['holiday.eng.mp3', 'en', 'main'],
    ['holiday.fr.opus', 'fr', 'main'],
    ['holiday.it.flac', 'it', 'main'],
    ['holiday.mov.pt-BR.wav', 'pt-BR', 'main'],
  ]);
});

it('takes audio description and commentary as such', () => {
  expect(chosen('holiday.en.ad.m4a', 'holiday.en.Commentary.m4a')).toEqual([
    ['holiday.en.Commentary.m4a', 'en', 'commentary'],
    ['holiday.en.ad.m4a', 'en', 'describes-video'],
  ]);
});

it.each([
  ['a file without a language, which may be anything', 'holiday.m4a'],
  ['a video', 'holiday.de.mp4'],
  ['a name that only begins like that of the film', 'holidays.de.m4a'],
  ['another part of the film', 'holiday.part2.de.m4a'],
  ['a word that is no language', 'holiday.music.m4a'],
  ['no language at all', 'holiday.und.m4a'],
])('does not take %s', (_, name) => {
  expect(chosen(name)).toEqual([]);
});

it('gives audio of a film with a longer name to that film', () => {
  expect(chosen('holiday.part2.mov', 'holiday.part2.mov.de.m4a', 'holiday.de.m4a')).toEqual([
    ['holiday.de.m4a', 'de', 'main'],
  ]);
});

it('leaves captions to the film that has audio in their language beside it', () => {
  const { files } = chooseCaptionFiles(
    'videos/holiday.mov',
    listed('holiday.de.m4a', 'holiday.de.srt', 'holiday.mov'),
  );
  expect(files.map(({ key }) => key)).toEqual(['videos/holiday.de.srt']);
});

it('names what is beyond the ceiling', () => {
  const languages = 'aa ab af am ar as ay az ba be bg bn bo br ca cs da'.split(' ');
  const { files, refused, leftOut } = chooseAudioFiles(
    'videos/holiday.mov',
    listed(...languages.map((language) => `holiday.${language}.m4a`)),
  );
  expect(files).toHaveLength(16);
  expect(refused.map(({ key }) => key)).toEqual(['videos/holiday.da.m4a']);
  expect(leftOut).toEqual([
    { streamIndex: null, kind: 'audio', why: expect.stringMatching(/^holiday\.da\.m4a: not used: 16 audio/) },
  ]);
});
