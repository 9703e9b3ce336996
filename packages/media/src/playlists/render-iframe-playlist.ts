import type { VideoTrackManifest } from '../cmaf/track-manifest.ts';
import { attributeList, quoted } from './attribute-list.ts';
import { formatMicroseconds, playlistVersion } from './render-media-playlist.ts';
import { keyFrameSpans, spanDurationsMicroseconds, targetDurationSeconds } from './track-times.ts';

/**
 * `<trackId>/iframes.m3u8`: each key frame as a byte range of its segment, from moof to its last byte. Source: RFC
 * 8216, 4.3.3.6.
 */
export function renderIFramePlaylist(track: VideoTrackManifest): string {
  const spans = keyFrameSpans(track);
  const durations = spanDurationsMicroseconds(spans, track.timescale);
  const ranges = track.segments.flatMap(({ fileName, gops }) =>
    gops.map(({ offsetBytes, keyFrameLengthBytes }) => ({ fileName, offsetBytes, keyFrameLengthBytes })),
  );
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${playlistVersion}`,
    `#EXT-X-TARGETDURATION:${targetDurationSeconds(spans, track.timescale)}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-I-FRAMES-ONLY',
    `#EXT-X-MAP:${attributeList({ URI: quoted(track.init.fileName) })}`,
    ...ranges.flatMap(({ fileName, offsetBytes, keyFrameLengthBytes }, index) => [
      `#EXTINF:${formatMicroseconds(durations[index] ?? 0)},`,
      `#EXT-X-BYTERANGE:${keyFrameLengthBytes}@${offsetBytes}`,
      fileName,
    ]),
    '#EXT-X-ENDLIST',
  ];
  return `${lines.join('\n')}\n`;
}
