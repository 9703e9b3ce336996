import type { VideoTrackManifest } from '../cmaf/track-manifest.ts';
import type { FrameSize } from '../facts/source-facts.ts';
import { trackDurationSeconds } from '../playlists/track-times.ts';

/** A short loop that shows what a film is about: some moments of a finished rendition. */
export interface PreviewPlan {
  /** In order, without overlaps. */
  readonly moments: readonly { readonly startSeconds: number; readonly durationSeconds: number }[];
  readonly size: FrameSize;
}

const momentCount = 5;
const momentSeconds = 1;
/** Twice as large as a card in a list, for dense screens. */
const longEdgePixels = 320;

/** Moments spread evenly over the film, each in the middle of its fifth; all of a film that is not longer than they are. */
export function planPreview(track: VideoTrackManifest): PreviewPlan {
  const seconds = trackDurationSeconds(track);
  const isShort = seconds <= momentCount * momentSeconds;
  const starts = Array.from(
    { length: momentCount },
    (_, index) => ((index + 0.5) * seconds) / momentCount - momentSeconds / 2,
  );
  return {
    moments: isShort
      ? [{ startSeconds: 0, durationSeconds: seconds }]
      : starts.map((startSeconds) => ({ startSeconds, durationSeconds: momentSeconds })),
    size: sizeOf(track),
  };
}

/** Not larger than the rendition; even, as WebP has 4:2:0. */
function sizeOf({ width, height }: VideoTrackManifest): FrameSize {
  const scale = Math.min(1, longEdgePixels / Math.max(width, height));
  const even = (pixels: number) => Math.max(2, 2 * Math.round((pixels * scale) / 2));
  return { width: even(width), height: even(height) };
}
