import { expect, it } from 'vitest';
import { listDownloads } from './list-downloads.ts';

const file = (path: string, sizeBytes: number) => ({ path, url: `http://127.0.0.1/${path}`, sizeBytes });

it('names each file by its film and by what it is', () => {
  const downloads = listDownloads({
    sourceKey: 'videos/trips/holiday.final.mov',
    files: [
      {
        ...file('h264-720.mp4', 9),
        ...{ name: 'h264-720', kind: 'video', codec: 'h264', width: 1280, height: 720, language: null },
      },
      {
        ...file('audio-1.m4a', 5),
        ...{ name: 'audio-1', kind: 'audio', codec: 'aac', width: null, height: null, language: 'de' },
      },
    ],
    captions: [
      {
        ...file('subtitles-1/subtitles.vtt', 3),
        language: 'de',
        name: 'Deutsch',
        isDefault: true,
        isForced: true,
      },
    ],
    poster: null,
    thumbnails: file('thumbnails.vtt', 2),
    preview: file('preview.webp', 6),
    chapters: file('chapters.vtt', 4),
    certificate: file('certificate.json', 1),
  });
  expect(downloads.map(({ name, fileName, sizeBytes }) => [name, fileName, sizeBytes])).toEqual([
    ['720p H.264', 'holiday.final h264-720.mp4', 9],
    ['German', 'holiday.final audio-1.m4a', 5],
    ['Deutsch (forced)', 'holiday.final de subtitles-1.vtt', 3],
    ['Thumbnails', 'holiday.final thumbnails.vtt', 2],
    ['Preview', 'holiday.final preview.webp', 6],
    ['Chapters', 'holiday.final chapters.vtt', 4],
    ['Certificate', 'holiday.final certificate.json', 1],
  ]);
});
