import { expect, it } from 'vitest';
import { choosePlayable } from './choose-playable.ts';

const file = (codec: string, height: number | null) => ({
  ...{ path: `${codec}.mp4`, url: `http://127.0.0.1/${codec}-${height}`, sizeBytes: 1, name: codec },
  ...{
    kind: height === null ? ('audio' as const) : ('video' as const),
    codec,
    width: height,
    height,
    language: null,
  },
});
const captions = [
  {
    ...{ path: 'subtitles-1/subtitles.vtt', url: 'http://127.0.0.1/a.vtt', sizeBytes: 1 },
    language: 'de',
    name: 'Deutsch',
    isDefault: false,
    isForced: false,
  },
];
const playlist = { url: 'http://127.0.0.1/master.m3u8', publicUrl: null };

it('plays the playlist where there is one', () => {
  const files = [file('h264', 720)];
  expect(choosePlayable({ playlist, files, captions })).toEqual({
    playlistUrl: playlist.url,
    fileUrl: null,
    captions: [],
  });
});

it('plays the largest H.264 with captions of a film without HLS', () => {
  const files = [file('hevc', 2160), file('h264', 240), file('h264', 720), file('aac', null)];
  expect(choosePlayable({ playlist: null, files, captions })).toEqual({
    ...{ playlistUrl: null, fileUrl: 'http://127.0.0.1/h264-720', captions },
  });
  expect(choosePlayable({ playlist: null, files: [file('aac', null)], captions })?.fileUrl).toBe(
    'http://127.0.0.1/aac-null',
  );
});

it('plays nothing of a playlist whose files have separate addresses, or with DASH alone', () => {
  expect(
    choosePlayable({ playlist: { url: null, publicUrl: null }, files: [file('h264', 720)], captions }),
  ).toBeNull();
  expect(choosePlayable({ playlist: null, files: [], captions })).toBeNull();
});
