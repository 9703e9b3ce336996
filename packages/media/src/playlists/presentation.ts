import type { Encryption } from '@fyrestream/events';
import type { Chapter } from '../chapters/chapter.ts';
import { type FittedChapter, fitChapters } from '../chapters/fit-chapters.ts';
import { packagingError } from '../cmaf/packaging-error.ts';
import type { AudioTrackManifest, TrackManifest, VideoTrackManifest } from '../cmaf/track-manifest.ts';
import { trackDurationSeconds } from './track-times.ts';

/** A complete WebVTT file at `<trackId>/subtitles.vtt`. */
export interface SubtitleTrack {
  readonly trackId: string;
  /** BCP 47. */
  readonly language: string | null;
  readonly name: string | null;
  /** Shown even if the viewer has turned subtitles off: translations of signs and foreign speech. */
  readonly forced: boolean;
  /** Written for people who do not hear. */
  readonly hearingImpaired?: boolean | undefined;
  readonly sizeBytes: number;
}

/**
 * All tracks that play together. Their files are in one folder each: `<trackId>/init.mp4`,
 * `<trackId>/segment_00001.m4s` …, `<trackId>/index.m3u8`, `<trackId>/iframes.m3u8`.
 */
export interface Presentation {
  readonly video: readonly VideoTrackManifest[];
  /** The first one plays unless the viewer selects another. */
  readonly audio: readonly AudioTrackManifest[];
  readonly subtitles: readonly SubtitleTrack[];
  /** Null if the upload has none. */
  readonly title: string | null;
  readonly chapters: readonly FittedChapter[];
  /** Whether segments are published encrypted; the manifests of the tracks describe them before that. */
  readonly isEncrypted: boolean;
}

/**
 * Combines tracks, audio and subtitles in the given order.
 * @throws FyrestreamError `packaging-failed` if there is no video or audio, or if two tracks have the same folder
 */
export function createPresentation(
  tracks: readonly TrackManifest[],
  subtitles: readonly SubtitleTrack[] = [],
  {
    title,
    chapters = [],
    encryption = null,
  }: {
    readonly title?: string | undefined;
    readonly chapters?: readonly Chapter[];
    readonly encryption?: Encryption | null;
  } = {},
): Presentation {
  if (tracks.length === 0) throw packagingError('A presentation needs at least one video or audio track.');
  const ids = [...tracks, ...subtitles].map((track) => track.trackId);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw packagingError(`Two tracks of a presentation have the id ${repeated}.`);
  return {
    video: tracks.filter((track) => track.kind === 'video'),
    audio: tracks.filter((track) => track.kind === 'audio'),
    subtitles,
    title: title ?? null,
    chapters: fitChapters(chapters, Math.max(...tracks.map(trackDurationSeconds))),
    isEncrypted: encryption !== null,
  };
}
