import { expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { embedCode, embeddedPlayer } from './embed-code.ts';

const poster = { path: 'poster.jpg', url: 'http://127.0.0.1/poster.jpg', sizeBytes: 1 };

it('plays the stable files of the upload from the public address', () => {
  const playlist = {
    url: 'http://127.0.0.1/a',
    publicUrl: 'https://d1.cloudfront.net/outputs/a%20b.mov/master.m3u8',
  };
  const { code, isPublic } = embedCode({ sourceKey: 'videos/a b.mov', playlist, poster });
  expect(isPublic).toBe(true);
  expect(code).toContain('src="https://d1.cloudfront.net/outputs/a%20b.mov/master.m3u8"');
  expect(code).toContain('poster="https://d1.cloudfront.net/outputs/a%20b.mov/poster.jpg"');
});

it('encodes any name of an upload, also where there is no public address', () => {
  const playlist = { url: 'http://127.0.0.1/a', publicUrl: null };
  const { code, isPublic } = embedCode({ sourceKey: 'videos/t/"><b>&.mov', playlist, poster: null });
  expect(isPublic).toBe(false);
  expect(code).toContain('src="https://media.example.com/outputs/t/%22%3E%3Cb%3E%26.mov/master.m3u8"');
  expect(code).not.toContain('poster');
});

it('names the version of the player that this page uses and tests', () => {
  expect(embeddedPlayer).toBe(`hls-video-element@${manifest.dependencies['hls-video-element']}`);
});
