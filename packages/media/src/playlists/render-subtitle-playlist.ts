import { subtitleFileName } from '@fyrestream/events';
import { formatMicroseconds, playlistVersion } from './render-media-playlist.ts';

/**
 * `<trackId>/index.m3u8` of subtitles: one WebVTT file for the whole duration. Subtitles of a VOD presentation may have
 * a longer target duration than other tracks (RFC 8216, 6.2.4).
 */
export function renderSubtitlePlaylist(durationSeconds: number): string {
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${playlistVersion}`,
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(durationSeconds))}`,
    '#EXT-X-MEDIA-SEQUENCE:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXTINF:${formatMicroseconds(Math.round(durationSeconds * 1_000_000))},`,
    subtitleFileName,
    '#EXT-X-ENDLIST',
  ];
  return `${lines.join('\n')}\n`;
}
