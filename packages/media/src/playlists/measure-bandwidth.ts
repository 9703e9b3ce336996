import type { TrackManifest, VideoTrackManifest } from '../cmaf/track-manifest.ts';
import { keyFrameSpans, type Span, targetDurationSeconds } from './track-times.ts';

export interface Bandwidth {
  readonly peakBitsPerSecond: number;
  readonly averageBitsPerSecond: number;
}

/**
 * BANDWIDTH and AVERAGE-BANDWIDTH of a track, measured from its segments. The peak is the highest bitrate of any run of
 * segments that lasts 0.5 to 1.5 target durations: a short last segment with one key frame does not count alone.
 * Source: draft-pantos-hls-rfc8216bis, 4.1 (Peak Segment Bit Rate, Average Segment Bit Rate).
 */
export function measureBandwidth(track: TrackManifest): Bandwidth {
  return measure(track.segments, track.timescale);
}

/** The same for an I-frame playlist, whose segments are byte ranges. */
export function measureIframeBandwidth(track: VideoTrackManifest): Bandwidth {
  const gops = track.segments.flatMap((segment) => segment.gops);
  const spans = keyFrameSpans(track).map((span, index) => ({
    ...span,
    sizeBytes: gops[index]?.keyFrameLengthBytes ?? 0,
  }));
  return measure(spans, track.timescale);
}

function measure(spans: readonly (Span & { sizeBytes: number })[], timescale: number): Bandwidth {
  const targetTicks = targetDurationSeconds(spans, timescale) * timescale;
  let peak = 0;
  for (let first = 0; first < spans.length; first++) {
    let runTicks = 0;
    let runBytes = 0;
    for (let last = first; runTicks <= 1.5 * targetTicks; last++) {
      if (runTicks >= 0.5 * targetTicks) peak = Math.max(peak, (runBytes * 8 * timescale) / runTicks);
      const span = spans[last];
      if (span === undefined) break;
      runTicks += span.durationTicks;
      runBytes += span.sizeBytes;
    }
  }
  const totalTicks = spans.reduce((sum, { durationTicks }) => sum + durationTicks, 0);
  const totalBytes = spans.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const average = (totalBytes * 8 * timescale) / totalTicks;
  return { peakBitsPerSecond: Math.ceil(peak || average), averageBitsPerSecond: Math.ceil(average) };
}
