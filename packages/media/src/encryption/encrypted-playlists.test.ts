import { expect, it } from 'vitest';
import { buildAudioTrack, buildVideoTrack } from '../../test/build-track-manifest.ts';
import { createPresentation } from '../playlists/presentation.ts';
import { renderMasterPlaylist } from '../playlists/render-master-playlist.ts';
import { renderPlaylists } from '../playlists/render-playlists.ts';
import { checkPlaylists } from '../verify/check-files.ts';
import { encryptedSizeBytes } from './create-segment-cipher.ts';
import { namesKey, replaceKeyUri } from './replace-key-uri.ts';

const tracks = [buildVideoTrack('high', { lastSeconds: 2.5 }), buildAudioTrack('audio-1')];
const subtitles = { trackId: 'subtitles-1', language: 'en', name: 'English', forced: false, sizeBytes: 90 };
const encryption = { method: 'AES-128' as const, keyUrl: 'https://keys.example.com/{jobId}/{token}' };
const encrypted = createPresentation(tracks, [subtitles], { encryption });
const keyUri = 'https://keys.example.com/abc/7';
const files = new Map(
  renderPlaylists(encrypted, ['hls'], keyUri).map(({ path, text }) => [path, text] as const),
);

it('has the key after the init segment, which is not encrypted, and before all segments', () => {
  expect(files.get('high/index.m3u8')).toBe(
    [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:6',
      '#EXT-X-MEDIA-SEQUENCE:1',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-MAP:URI="init.mp4"',
      `#EXT-X-KEY:METHOD=AES-128,URI="${keyUri}"`,
      '#EXTINF:6.000000,',
      'segment_00001.m4s',
      '#EXTINF:2.500000,',
      'segment_00002.m4s',
      '#EXT-X-ENDLIST',
      '',
    ].join('\n'),
  );
  expect(files.get('audio-1/index.m3u8')).toContain(`#EXT-X-KEY:METHOD=AES-128,URI="${keyUri}"\n`);
});

it('has captions without a key, and no I-frame playlists', () => {
  expect([...files.keys()]).toEqual([
    ...['high/index.m3u8', 'audio-1/index.m3u8', 'subtitles-1/index.m3u8', 'master.m3u8'],
  ]);
  expect(files.get('subtitles-1/index.m3u8')).not.toContain('KEY');
  expect(files.get('master.m3u8')).not.toContain('I-FRAME');
});

it('measures bandwidths by the sizes with padding', () => {
  const padded = tracks.map((track) => ({
    ...track,
    segments: track.segments.map((segment) => ({
      ...segment,
      sizeBytes: encryptedSizeBytes(segment.sizeBytes),
    })),
  }));
  const bandwidths = (text: string) => text.match(/BANDWIDTH=\d+/g)?.slice(0, 2);
  const expected = bandwidths(renderMasterPlaylist(createPresentation(padded, [subtitles])));
  expect(bandwidths(renderMasterPlaylist(encrypted))).toEqual(expected);
  expect(bandwidths(renderMasterPlaylist(createPresentation(tracks, [subtitles])))).not.toEqual(expected);
});

it('refers to all its files and to no others: the key is not one', () => {
  const sizes = new Map([
    ...tracks.flatMap(({ trackId, init, segments }) =>
      [init, ...segments].map(({ fileName, sizeBytes }) => [`${trackId}/${fileName}`, sizeBytes] as const),
    ),
    ...[...files].map(([path, text]) => [path, text.length] as const),
    ['subtitles-1/subtitles.vtt', 90] as const,
  ]);
  expect(checkPlaylists(files, sizes).filter(({ passed }) => !passed)).toEqual([]);
  sizes.delete('high/segment_00002.m4s');
  expect(checkPlaylists(files, sizes).filter(({ passed }) => !passed)).toHaveLength(1);
});

it('cannot be rendered without the URI of its key, or with DASH', () => {
  expect(() => renderPlaylists(encrypted, ['hls'])).toThrow('needs the URI of its key');
  expect(() => renderPlaylists(encrypted, ['hls', 'dash'], keyUri)).toThrow('cannot have DASH');
});

it('takes another URI of the key, where a server has it at another place', () => {
  const playlist = files.get('high/index.m3u8') ?? '';
  expect(namesKey(playlist)).toBe(true);
  expect(namesKey(files.get('master.m3u8') ?? '')).toBe(false);
  const replaced = replaceKeyUri(playlist, "../$&'key");
  expect(replaced).toBe(playlist.replace(keyUri, () => "../$&'key"));
});
