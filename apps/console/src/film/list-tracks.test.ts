import { expect, it } from 'vitest';
import { listTracks } from './list-tracks.ts';

it('names language, channels and kind of each track', () => {
  const file = { path: 'a', url: 'http://127.0.0.1/a', sizeBytes: 1 };
  const tracks = listTracks({
    audio: [
      { name: 'English', language: 'en', channels: 2, isDefault: true },
      { name: 'Commentary', language: null, channels: 6, isDefault: false },
      { name: 'Audio 3', language: null, channels: null, isDefault: false },
    ],
    captions: [{ ...file, name: 'Deutsch', language: 'de', isDefault: false, isForced: true }],
  });
  expect(tracks.map((track) => Object.values(track).join(', '))).toEqual([
    'English, Audio, English, stereo, true',
    'Commentary, Audio, , 5.1, false',
    'Audio 3, Audio, , not known, false',
    'Deutsch, Forced captions, German, , false',
  ]);
});
