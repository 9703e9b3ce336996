import { expect, it } from 'vitest';
import type { Plan } from '../api/views.ts';
import { planRows } from './plan-rows.ts';

it('puts rungs that are left out between the others, by codec and size', () => {
  const plan = {
    renditions: [
      {
        id: 'h264-1080',
        codec: 'h264',
        width: 1920,
        height: 1080,
        maximumBitrateBitsPerSecond: 5e6,
        why: 'a',
      },
      { id: 'h264-360', codec: 'h264', width: 640, height: 360, maximumBitrateBitsPerSecond: 8e5, why: 'b' },
    ],
    dropped: [{ codec: 'h264', shortEdgePixels: 720, reason: 'too-close-to-upper', why: 'c' }],
    audio: [{ id: 'audio-1', name: 'English', language: 'en', bitrateBitsPerSecond: 128_000 }],
    subtitles: [],
    filters: [],
    leftOut: [{ streamIndex: 3, kind: 'data', why: 'd' }],
  } as unknown as Plan;
  const { rungs, tracks } = planRows(plan);
  expect(rungs.map(({ name, isDropped, why }) => [name, isDropped, why])).toEqual([
    ['h264-1080', false, 'a'],
    ['h264-720', true, 'c'],
    ['h264-360', false, 'b'],
  ]);
  expect(tracks).toEqual([
    { name: 'audio-1', kind: 'audio', details: 'English, en, 128 kbit/s' },
    { name: 'stream 3', kind: 'left out', details: 'd' },
  ]);
});
