import type { Rational } from '../cmaf/rational.ts';
import { reduceRational } from '../cmaf/rational.ts';
import type { TrackManifest, VideoTrackManifest } from '../cmaf/track-manifest.ts';

/** A time range of a track in its own ticks. */
export interface Span {
  readonly startTicks: number;
  readonly durationTicks: number;
}

function trackEndTicks(track: TrackManifest): number {
  const last = track.segments.at(-1);
  return last === undefined ? 0 : last.startTicks + last.durationTicks;
}

export function trackDurationSeconds(track: TrackManifest): number {
  return trackEndTicks(track) / track.timescale;
}

/** Exact for the constant frame rates of renditions. */
export function trackFrameRate(track: VideoTrackManifest): Rational {
  const firstTicks = track.segments[0]?.startTicks ?? 0;
  return reduceRational({
    numerator: track.frameCount * track.timescale,
    denominator: trackEndTicks(track) - firstTicks,
  });
}

/**
 * Durations in whole microseconds. Start and end times are rounded instead of durations, so that the sum of any number
 * of durations differs from the media time by at most a microsecond.
 */
export function spanDurationsMicroseconds(spans: readonly Span[], timescale: number): number[] {
  const microseconds = (ticks: number) => Math.round((ticks * 1_000_000) / timescale);
  return spans.map(
    ({ startTicks, durationTicks }) => microseconds(startTicks + durationTicks) - microseconds(startTicks),
  );
}

/** The key frames of a video track as spans: each lasts until the next one. */
export function keyFrameSpans(track: VideoTrackManifest): Span[] {
  const starts = track.segments.flatMap(({ gops }) => gops.map((gop) => gop.startTicks));
  return starts.map((startTicks, index) => ({
    startTicks,
    durationTicks: (starts[index + 1] ?? trackEndTicks(track)) - startTicks,
  }));
}

/** EXT-X-TARGETDURATION: the maximum duration, rounded, at least 1. Source: RFC 8216, 4.3.3.1. */
export function targetDurationSeconds(spans: readonly Span[], timescale: number): number {
  const maxTicks = spans.reduce((max, { durationTicks }) => Math.max(max, durationTicks), 0);
  return Math.max(1, Math.round(maxTicks / timescale));
}
