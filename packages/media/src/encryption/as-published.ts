import type { VideoTrackManifest } from '../cmaf/track-manifest.ts';
import type { Presentation } from '../playlists/presentation.ts';
import { encryptedSizeBytes } from './create-segment-cipher.ts';

/** A presentation with the sizes that its segments have when they are published: bandwidths are measured by them. */
export function asPublished(presentation: Presentation): Presentation {
  if (!presentation.isEncrypted) return presentation;
  return {
    ...presentation,
    video: presentation.video.map(withEncryptedSizes),
    audio: presentation.audio.map(withEncryptedSizes),
  };
}

/** The video tracks with I-frame playlists: their byte ranges would be in the middle of what is encrypted whole. */
export function trickPlayTracks({ isEncrypted, video }: Presentation): readonly VideoTrackManifest[] {
  return isEncrypted ? [] : video;
}

function withEncryptedSizes<Track extends Presentation['video' | 'audio'][number]>(track: Track): Track {
  const segments = track.segments.map((segment) => ({
    ...segment,
    sizeBytes: encryptedSizeBytes(segment.sizeBytes),
  }));
  return { ...track, segments };
}
