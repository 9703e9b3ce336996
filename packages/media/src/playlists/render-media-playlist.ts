import type { TrackManifest } from '../cmaf/track-manifest.ts';
import { firstSequenceNumber } from '../encryption/segment-iv.ts';
import { attributeList, quoted } from './attribute-list.ts';
import { spanDurationsMicroseconds, targetDurationSeconds } from './track-times.ts';

/** Fragmented MP4 needs 6 (EXT-X-MAP); RFC 8216 describes 7. */
export const playlistVersion = 7;

/** Whether playback may start with any segment: each starts with a closed GOP; audio always may. */
export function hasIndependentSegments(track: TrackManifest): boolean {
  return track.kind === 'audio' || track.segments.every(({ gops }) => gops[0]?.closed === true);
}

/**
 * `<trackId>/index.m3u8`. Source: RFC 8216, 4.3.3.
 * @param options the target duration if other tracks need the same: it is equal in all variants and audio renditions of
 *   a master playlist (RFC 8216, 6.2.4); the URI of the key of encrypted segments. The init segment is not encrypted, since a key
 *   applies to what follows it (4.3.2.4).
 */
export function renderMediaPlaylist(
  track: TrackManifest,
  options: { readonly targetDurationSeconds?: number; readonly keyUri?: string | undefined } = {},
): string {
  const target = options.targetDurationSeconds ?? targetDurationSeconds(track.segments, track.timescale);
  const durations = spanDurationsMicroseconds(track.segments, track.timescale);
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${playlistVersion}`,
    `#EXT-X-TARGETDURATION:${target}`,
    `#EXT-X-MEDIA-SEQUENCE:${firstSequenceNumber}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...(hasIndependentSegments(track) ? ['#EXT-X-INDEPENDENT-SEGMENTS'] : []),
    `#EXT-X-MAP:${attributeList({ URI: quoted(track.init.fileName) })}`,
    ...(options.keyUri === undefined ? [] : [keyLine(options.keyUri)]),
    ...track.segments.flatMap((segment, index) => [
      `#EXTINF:${formatMicroseconds(durations[index] ?? 0)},`,
      segment.fileName,
    ]),
    '#EXT-X-ENDLIST',
  ];
  return `${lines.join('\n')}\n`;
}

/** Without an IV, which is the number of the segment then. */
function keyLine(uri: string): string {
  return `#EXT-X-KEY:${attributeList({ METHOD: 'AES-128', URI: quoted(uri) })}`;
}

/** Seconds with six decimals. */
export function formatMicroseconds(microseconds: number): string {
  return (microseconds / 1_000_000).toFixed(6);
}
