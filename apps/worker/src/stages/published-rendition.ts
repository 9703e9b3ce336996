import type { PublishedRendition } from '@fyrestream/events';
import { measureBandwidth, type TrackManifest } from '@fyrestream/media';

export function renditionOf(
  track: TrackManifest,
  sizeBytes: number,
  fileKey: string | null,
): PublishedRendition {
  return {
    name: track.trackId,
    kind: track.kind,
    codec: track.codec,
    width: track.kind === 'video' ? track.width : null,
    height: track.kind === 'video' ? track.height : null,
    averageBitrateBitsPerSecond: Math.round(measureBandwidth(track).averageBitsPerSecond),
    sizeBytes,
    fileKey,
  };
}

/** A rendition without a file of its own: every track where no MP4s are wanted, and audio tracks of a video, as MP4s contain the default track. */
export function segmentsRendition(track: TrackManifest): PublishedRendition {
  const segmentBytes = track.segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  return renditionOf(track, track.init.sizeBytes + segmentBytes, null);
}
