import { type Check, equalCheck, maxCheck } from './check.ts';
import type { PublishedSegment } from './read-published-track.ts';

export interface PublishedTrack {
  readonly trackId: string;
  readonly kind: 'video' | 'audio';
  readonly segments: readonly PublishedSegment[];
  /** EXTINF of each segment in the media playlist. */
  readonly playlistSeconds: readonly number[];
}

/** Playlists round to microseconds. */
const roundingSeconds = 0.00001;
const startToleranceSeconds = 0.02;

/** Compares segments with each other and with their playlists by the timestamps that players use. */
export function checkPublishedTracks(tracks: readonly PublishedTrack[]): Check[] {
  const [first] = tracks.filter(({ kind }) => kind === 'video');
  return tracks.flatMap((track) => {
    const of = (name: string, measured: number) => ({ name, subject: track.trackId, measured });
    return [
      maxCheck(of('segment-gap-seconds', maxGap(track)), roundingSeconds),
      maxCheck(
        of('start-differs-seconds', Math.abs(track.segments[0]?.startSeconds ?? 0)),
        startToleranceSeconds,
      ),
      maxCheck(of('playlist-differs-seconds', maxPlaylistDifference(track)), 2 * roundingSeconds),
      ...(track.kind === 'video' && first
        ? [
            equalCheck(of('frame-count', framesOf(track)), framesOf(first)),
            equalCheck(of('cuts-not-aligned', differingCuts(track, first)), 0),
          ]
        : []),
    ];
  });
}

function maxGap({ segments }: PublishedTrack): number {
  const gaps = segments
    .slice(1)
    .map((segment, index) => segment.startSeconds - (segments[index]?.endSeconds ?? 0));
  return Math.max(0, ...gaps.map(Math.abs));
}

function maxPlaylistDifference({ segments, playlistSeconds }: PublishedTrack): number {
  if (segments.length !== playlistSeconds.length) return Number.MAX_SAFE_INTEGER;
  const differences = segments.map((segment, index) => {
    const end = segments[index + 1]?.startSeconds ?? segment.endSeconds;
    return Math.abs(end - segment.startSeconds - (playlistSeconds[index] ?? 0));
  });
  return Math.max(0, ...differences);
}

function framesOf({ segments }: PublishedTrack): number {
  return segments.reduce((sum, { frameCount }) => sum + frameCount, 0);
}

function differingCuts(track: PublishedTrack, first: PublishedTrack): number {
  const moments = ({ segments }: PublishedTrack) =>
    new Set(segments.flatMap((segment) => segment.keyFrameSeconds.map((seconds) => seconds.toFixed(5))));
  const [own, due] = [moments(track), moments(first)];
  return [...own, ...due].filter((moment) => !(own.has(moment) && due.has(moment))).length;
}
