import { describe, expect, it } from 'vitest';
import { createPresentation, renderPlaylists } from '../src/index.ts';
import { buildAudioTrack, buildVideoTrack } from './build-track-manifest.ts';
import { checkHlsAuthoring } from './check-hls-authoring.ts';
import type { HlsFiles } from './hls-files.ts';

const tracks = [
  buildVideoTrack('high'),
  buildVideoTrack('low', { width: 640, height: 360, sizesBytes: [150_000, 120_000] }),
  buildAudioTrack('en', { language: 'en', name: 'English' }),
  buildAudioTrack('de', { language: 'de', name: 'Deutsch' }),
];
const subtitles = { trackId: 'fr', language: 'fr', name: 'Français', forced: false, sizeBytes: 300 };

function filesOf(presentation = createPresentation(tracks, [subtitles])): HlsFiles {
  const files = renderPlaylists(presentation);
  const media = [...presentation.video, ...presentation.audio].flatMap(({ trackId, segments }) =>
    segments.map((segment) => [`${trackId}/${segment.fileName}`, segment.sizeBytes] as const),
  );
  return {
    master: files.at(-1)?.text ?? '',
    playlists: new Map(
      files
        .filter(({ path }) => path.endsWith('/index.m3u8') || path.endsWith('/iframes.m3u8'))
        .map(({ path, text }) => [path, text]),
    ),
    sizesBytes: new Map(media),
  };
}

it.each([
  ['video with languages and subtitles', createPresentation(tracks, [subtitles])],
  ['video without audio', createPresentation(tracks.slice(0, 1))],
  ['audio without video', createPresentation(tracks.slice(2, 3))],
  ['audio without video in two languages', createPresentation(tracks.slice(2))],
  ['H.264 and HEVC', createPresentation([...tracks, buildVideoTrack('hevc', { codec: 'hvc1.1.6.L93.90' })])],
])('finds no violation in %s', (_case, presentation) => {
  expect(checkHlsAuthoring(filesOf(presentation))).toEqual([]);
});

describe('finds', () => {
  const good = filesOf();
  const inMaster = (from: string | RegExp, to: string): HlsFiles => ({
    ...good,
    master: good.master.replace(from, to),
  });
  const inPlaylist = (uri: string, from: string | RegExp, to: string): HlsFiles => ({
    ...good,
    playlists: new Map(
      [...good.playlists].map(([key, text]) => [key, key === uri ? text.replace(from, to) : text]),
    ),
  });
  it.each<[string, HlsFiles, string]>([
    ['a missing playlist', { ...good, playlists: new Map([...good.playlists].slice(1)) }, 'is missing'],
    [
      'a missing segment',
      { ...good, sizesBytes: new Map([...good.sizesBytes].slice(1)) },
      'files and ranges',
    ],
    ['no AVERAGE-BANDWIDTH', inMaster(/AVERAGE-BANDWIDTH=\d+,/, ''), 'has AVERAGE-BANDWIDTH'],
    [
      'a bandwidth that is too low',
      inMaster(/BANDWIDTH=933000|BANDWIDTH=\d+/, 'BANDWIDTH=700001'),
      'declares BANDWIDTH',
    ],
    ['no frame rate', inMaster(/FRAME-RATE=30.000,/, ''), 'FRAME-RATE'],
    ['hev1', inMaster(/avc1.64001f,/, 'hev1.1.6.L93.90,'), 'RFC 6381'],
    ['no audio codec', inMaster(/,mp4a.40.2/, ''), 'has the audio codec'],
    ['no audio group', inMaster(/,AUDIO="audio"/, ''), 'group of AUDIO'],
    ['two equal names', inMaster('NAME="Deutsch"', 'NAME="English"'), 'different names'],
    ['two defaults', inMaster('DEFAULT=NO', 'DEFAULT=YES'), 'one default'],
    ['no I-frame playlists', inMaster(/#EXT-X-I-FRAME-STREAM-INF.*\n/g, ''), 'I-frame playlists'],
    [
      'a playlist without end',
      inPlaylist('high/index.m3u8', '#EXT-X-ENDLIST\n', ''),
      'ends with EXT-X-ENDLIST',
    ],
    ['a version that is too low', inPlaylist('high/index.m3u8', 'VERSION:7', 'VERSION:3'), 'version'],
    ['no init segment', inPlaylist('en/index.m3u8', /#EXT-X-MAP.*\n/, ''), 'init segment'],
    [
      'a segment that is too long',
      inPlaylist('high/index.m3u8', 'EXTINF:6.0', 'EXTINF:6.6'),
      'longer than the target',
    ],
    [
      'different target durations',
      inPlaylist('en/index.m3u8', 'DURATION:6', 'DURATION:7'),
      'one target duration',
    ],
    ['I-frames that end early', inPlaylist('low/iframes.m3u8', 'EXTINF:2.0', 'EXTINF:1.0'), 'lasts as long'],
    ['a range past the end', inPlaylist('low/iframes.m3u8', '500@2024', '500@150000'), 'files and ranges'],
  ])('%s', (_case, files, problem) => {
    expect(checkHlsAuthoring(files).join('\n')).toContain(problem);
  });
});
