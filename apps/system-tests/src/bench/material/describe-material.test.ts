import { expect, it } from 'vitest';
import { checkMaterial, describeMaterial } from './describe-material.ts';

const material = {
  path: '/tmp/material.mp4',
  origin: 'made, 16 scenes',
  durationSeconds: 60,
  width: 1920,
  height: 1080,
  framesPerSecond: 30000 / 1001,
  videoCodec: 'h264',
  audioCodec: 'aac',
  bitrateBitsPerSecond: 21_340_000,
};

it('says in one line what is encoded', () => {
  expect(describeMaterial(material)).toBe(
    '60.0 s of 1920x1080 at 29.97 fps, h264 with aac audio, 21.3 Mbit/s (made, 16 scenes)',
  );
  expect(describeMaterial({ ...material, audioCodec: null })).toContain('h264 with no audio');
});

it('accepts no material whose bitrate is unlike that of films', () => {
  expect(() => checkMaterial(material)).not.toThrow();
  for (const bitrateBitsPerSecond of [7_900_000, 41_000_000]) {
    expect(() => checkMaterial({ ...material, bitrateBitsPerSecond })).toThrow(
      expect.objectContaining({ code: 'unlike-film' }),
    );
  }
});
