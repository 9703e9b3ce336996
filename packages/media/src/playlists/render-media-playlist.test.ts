import { expect, it } from 'vitest';
import { buildAudioTrack, buildVideoTrack } from '../../test/build-track-manifest.ts';
import { createPresentation } from './presentation.ts';
import { renderIFramePlaylist } from './render-iframe-playlist.ts';
import { renderMediaPlaylist } from './render-media-playlist.ts';
import { renderPlaylists } from './render-playlists.ts';
import { spanDurationsMicroseconds } from './track-times.ts';

const video = buildVideoTrack('video', { lastSeconds: 2.5 });

it('lists segments with the durations between their starts', () => {
  expect(renderMediaPlaylist(video)).toBe(
    [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:6',
      '#EXT-X-MEDIA-SEQUENCE:1',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-MAP:URI="init.mp4"',
      '#EXTINF:6.000000,',
      'segment_00001.m4s',
      '#EXTINF:2.500000,',
      'segment_00002.m4s',
      '#EXT-X-ENDLIST',
      '',
    ].join('\n'),
  );
});

it('lists key frames as byte ranges, the last one to the end of the track', () => {
  expect(renderIFramePlaylist(video).split('\n').slice(5)).toEqual([
    '#EXT-X-I-FRAMES-ONLY',
    '#EXT-X-MAP:URI="init.mp4"',
    ...['#EXTINF:2.000000,', '#EXT-X-BYTERANGE:500@24', 'segment_00001.m4s'],
    ...['#EXTINF:2.000000,', '#EXT-X-BYTERANGE:500@1024', 'segment_00001.m4s'],
    ...['#EXTINF:2.000000,', '#EXT-X-BYTERANGE:500@2024', 'segment_00001.m4s'],
    ...['#EXTINF:2.000000,', '#EXT-X-BYTERANGE:500@24', 'segment_00002.m4s'],
    ...['#EXTINF:0.500000,', '#EXT-X-BYTERANGE:500@1024', 'segment_00002.m4s'],
    '#EXT-X-ENDLIST',
    '',
  ]);
});

it('has a target duration of 1 for a video of 0.3 s', () => {
  const short = buildVideoTrack('video', { sizesBytes: [5000], lastSeconds: 0.3 });
  expect(renderMediaPlaylist(short)).toContain('#EXT-X-TARGETDURATION:1\n');
  expect(renderIFramePlaylist(short)).toContain('#EXT-X-TARGETDURATION:1\n');
});

it('gives video and audio the same target duration', () => {
  const audio = buildAudioTrack('audio', { sizesBytes: [9000], lastSeconds: 5.2 });
  const files = renderPlaylists(createPresentation([video, audio]));
  const targets = ['video/index.m3u8', 'audio/index.m3u8'].map(
    (path) => /TARGETDURATION:(\d+)/.exec(files.find((file) => file.path === path)?.text ?? '')?.[1],
  );
  expect(targets).toEqual(['6', '6']);
});

it('renders the master playlist last, after the files it refers to', () => {
  const subtitles = { trackId: 'text', language: 'en', name: null, forced: false, sizeBytes: 10 };
  const files = renderPlaylists(createPresentation([video, buildAudioTrack('audio')], [subtitles]));
  expect(files.map(({ path }) => path)).toEqual([
    'video/index.m3u8',
    'audio/index.m3u8',
    'video/iframes.m3u8',
    'text/index.m3u8',
    'manifest.mpd',
    'master.m3u8',
  ]);
  expect(files.find(({ path }) => path === 'text/index.m3u8')?.text).toContain(
    '#EXTINF:12.000000,\nsubtitles.vtt\n',
  );
});

it('does not accumulate rounding errors', () => {
  const spans = Array.from({ length: 20_000 }, (_, index) => ({
    startTicks: index * 181_003,
    durationTicks: 181_003,
  }));
  const total = spanDurationsMicroseconds(spans, 30_000).reduce((sum, duration) => sum + duration, 0);
  expect(Math.abs(total - (20_000 * 181_003 * 1_000_000) / 30_000)).toBeLessThanOrEqual(1);
});
