import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveUploadFiles } from './resolve-upload-files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fyrestream-check-files-'));
  for (const name of ['a', 'b']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'holiday.mov'), 'moving');
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

it('returns the path, the key and the size of each file', async () => {
  const typed = join(folder, 'a', 'holiday.mov');
  expect(await resolveUploadFiles([typed], { prefix: 'trips' })).toEqual([
    { typed, name: 'holiday.mov', path: typed, key: 'videos/trips/holiday.mov', sizeBytes: 6 },
  ]);
});

it('gives a video its sidecars, which are not uploads of their own', async () => {
  const names = ['holiday.mov', 'holiday.en.srt', 'holiday.mov.fyrestream.json', 'other.mp4'];
  const typed = names.map((name) => join(folder, 'c', name));
  mkdirSync(join(folder, 'c'));
  for (const path of typed) writeFileSync(path, 'content');
  const files = await resolveUploadFiles(typed, { prefix: 'trips' });
  expect(files.map(({ name, sidecars }) => [name, sidecars?.map(({ key }) => key)])).toEqual([
    ['holiday.mov', ['videos/trips/holiday.en.srt', 'videos/trips/holiday.mov.fyrestream.json']],
    ['other.mp4', undefined],
  ]);
  await expect(resolveUploadFiles(typed.slice(1))).rejects.toThrow('name that video too');
});

it('gives a film its further audio by the whole name of the film, and keeps audio alone as an upload', async () => {
  const names = ['film.mov', 'film.de.m4a', 'film.en.ad.wav', 'film.music.wav', 'song.fr.mp3'];
  const typed = names.map((name) => join(folder, 'd', name));
  mkdirSync(join(folder, 'd'));
  for (const path of typed) writeFileSync(path, 'content');
  const files = await resolveUploadFiles(typed);
  expect(files.map(({ key, sidecars }) => [key, sidecars?.map((sidecar) => sidecar.key)])).toEqual([
    ['videos/film.mov', ['videos/film.mov.de.m4a', 'videos/film.mov.en.ad.wav']],
    ['videos/film.music.wav', undefined],
    ['videos/song.fr.mp3', undefined],
  ]);
});

it.each([
  ['a missing file', ['gone.mov'], 'does not exist.'],
  ['a directory', ['a'], 'is a directory: name the files in it.'],
  ['a device', ['/dev/null'], 'is not a regular file.'],
  [
    'two files with one name',
    ['a/holiday.mov', 'b/holiday.mov'],
    'would both be stored as videos/holiday.mov',
  ],
])('refuses %s', async (_, names, sentence) => {
  const typed = names.map((name) => (name.startsWith('/') ? name : join(folder, name)));
  await expect(resolveUploadFiles(typed)).rejects.toThrow(sentence);
});
