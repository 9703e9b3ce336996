import { describe, expect, it } from 'vitest';
import { buildAudioTrack, buildVideoTrack } from '../../test/build-track-manifest.ts';
import { createPresentation } from '../playlists/presentation.ts';
import { renderPlaylists } from '../playlists/render-playlists.ts';
import { checkPlaylists, checkStoredFiles } from './check-files.ts';
import { requirePassed } from './verification-failure.ts';

const tracks = [buildVideoTrack('high'), buildVideoTrack('low'), buildAudioTrack('audio-1')];
const subtitles = { trackId: 'subtitles-1', language: 'en', name: 'English', forced: false, sizeBytes: 90 };
const presentation = createPresentation(tracks, [subtitles]);
const playlists = new Map(renderPlaylists(presentation).map(({ path, text }) => [path, text]));
const sizes = new Map([
  ...tracks.flatMap(({ trackId, init, segments }) =>
    [init, ...segments].map((file) => [`${trackId}/${file.fileName}`, file.sizeBytes] as const),
  ),
  ...[...playlists].map(([path, text]) => [path, text.length] as const),
  ['subtitles-1/subtitles.vtt', 90] as const,
]);
const without = (gone: (path: string) => boolean) => new Map([...sizes].filter(([path]) => !gone(path)));
const failed = (stored: Map<string, number>) =>
  [...checkStoredFiles(sizes, stored), ...checkPlaylists(playlists, stored)].filter(({ passed }) => !passed);

describe('files of a version', () => {
  it('pass if all stored files are as they were made', () => {
    expect(failed(sizes)).toEqual([]);
  });

  it('F59 fail if a rung was deleted, which a new attempt can repair', () => {
    const checks = failed(without((path) => path.startsWith('low/')));
    expect(checks.map(({ name, subject }) => `${name} ${subject}`)).toEqual([
      'stored-files null',
      'playlist-references low/index.m3u8',
      'playlist-references low/iframes.m3u8',
      'playlist-references manifest.mpd',
      'playlist-references master.m3u8',
    ]);
    const act = () => requirePassed(checks);
    expect(act).toThrow(expect.objectContaining({ code: 'verification-failed', retryable: true }));
    expect(act).toThrow(/stored-files is not low\/.*must be all/);
  });

  it('fail if a segment is missing, shorter, or cut within a key frame', () => {
    const path = 'high/segment_00002.m4s';
    expect(failed(without((one) => one === path)).map(({ name }) => name)).toContain('playlist-references');
    expect(failed(new Map([...sizes, [path, 449_999]])).map(({ name }) => name)).toEqual(['stored-files']);
    const cut = checkPlaylists(playlists, new Map([...sizes, [path, 600]]));
    expect(cut.filter(({ passed }) => !passed).map(({ subject }) => subject)).toEqual(['high/iframes.m3u8']);
  });

  it.each([
    ['master.m3u8', 'not a playlist'],
    ['high/index.m3u8', '#EXTM3U\n#EXTINF:6,\nsegment_00001.m4s\n'],
    ['high/index.m3u8', '#EXTM3U\n#EXTINF:6,\nhttps://elsewhere/segment.m4s\n#EXT-X-ENDLIST\n'],
    ['high/index.m3u8', '#EXTM3U\n#EXTINF:6,\n../../other/segment.m4s\n#EXT-X-ENDLIST\n'],
    ['manifest.mpd', '<MPD></MPD>'],
  ])('fail if %s is %j', (path, text) => {
    const checks = checkPlaylists(new Map([[path, text]]), sizes);
    expect(checks[0]).toMatchObject({ name: 'playlist-parses', passed: false });
  });
});

describe('a failure that another attempt would repeat', () => {
  it('is not retryable', () => {
    const check = { name: 'frame-count', subject: 'low', measured: 89, bound: '90', passed: false };
    expect(() => requirePassed([check])).toThrow(
      expect.objectContaining({
        retryable: false,
        message: 'Verification failed, nothing was published: frame-count of low is 89, must be 90.',
      }),
    );
  });
});
