import { packagingError } from '../cmaf/packaging-error.ts';
import type { AudioTrackManifest, TrackManifest, VideoTrackManifest } from '../cmaf/track-manifest.ts';

/** A whole WebVTT file at `<trackId>/subtitles.vtt`. */
export interface SubtitleTrack {
  readonly trackId: string;
  /** BCP 47. */
  readonly language: string | null;
  readonly name: string | null;
  /** Shown even to those who asked for no subtitles: translations of signs and foreign speech. */
  readonly forced: boolean;
  readonly sizeBytes: number;
}

/**
 * All tracks that play together. Their files lie side by side:
 * `<trackId>/init.mp4`, `<trackId>/segment_00001.m4s` …, `<trackId>/index.m3u8`, `<trackId>/iframes.m3u8`.
 */
export interface Presentation {
  readonly video: readonly VideoTrackManifest[];
  /** The first one is what plays unless the viewer chooses. */
  readonly audio: readonly AudioTrackManifest[];
  readonly subtitles: readonly SubtitleTrack[];
}

/**
 * Brings tracks together, audio and subtitles in the order given.
 * @throws FyrestreamError `packaging-failed` where there is nothing to play or two tracks share a folder
 */
export function createPresentation(
  tracks: readonly TrackManifest[],
  subtitles: readonly SubtitleTrack[] = [],
): Presentation {
  if (tracks.length === 0) throw packagingError('A presentation needs at least one video or audio track.');
  const ids = [...tracks, ...subtitles].map((track) => track.trackId);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw packagingError(`Two tracks of a presentation are called ${repeated}.`);
  return {
    video: tracks.filter((track) => track.kind === 'video'),
    audio: tracks.filter((track) => track.kind === 'audio'),
    subtitles,
  };
}
