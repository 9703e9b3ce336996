import { expect, it } from 'vitest';
import { isAudioOfFilm, nameAudioOfFilms, nameWithoutFilmEnding } from './audio-of-films.ts';
import { isFileOf, isSidecar, newUploadItem } from './upload-item.ts';

const itemOf = (path: string) => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return newUploadItem({ file: new File(['sound'], name, { lastModified: 1 }), path }, null);
};
const named = (...paths: string[]) => nameAudioOfFilms(paths.map(itemOf)).map(({ path }) => path);

it('audio that is chosen with its film belongs to it, in whatever order', () => {
  expect(named('a/holiday.de.m4a', 'a/holiday.mov', 'a/holiday.en.ad.wav', 'b/holiday.de.m4a')).toEqual([
    'a/holiday.mov.de.m4a',
    'a/holiday.mov',
    'a/holiday.mov.en.ad.wav',
    'b/holiday.de.m4a',
  ]);
  expect(isSidecar({ path: 'a/holiday.mov.de.m4a' })).toBe(true);
});

it.each([
  ['without a film', ['song.de.m4a', 'song.mp3']],
  ['without a language', ['holiday.mov', 'holiday.m4a', 'holiday.qqq.wav']],
  ['of another film', ['holiday.mov', 'holiday2.de.m4a']],
  ['where its name is taken', ['holiday.mov', 'holiday.de.m4a', 'holiday.mov.de.m4a']],
])('audio %s keeps its name', (_, paths) => {
  expect(named(...paths)).toEqual(paths);
  expect(isAudioOfFilm(paths[1] ?? '')).toBe(false);
});

it('an interrupted upload of such audio goes on with the file that it was begun with', () => {
  const source = { file: new File(['sound'], 'holiday.de.m4a', { lastModified: 1 }), path: 'holiday.de.m4a' };
  const interrupted = { ...itemOf('trips/holiday.mov.de.m4a'), file: null };
  expect(isFileOf(interrupted, source)).toBe(true);
  expect(nameWithoutFilmEnding('holiday.mov')).toBe('holiday.mov');
});
