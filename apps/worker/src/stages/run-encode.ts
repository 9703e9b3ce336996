import { reasonFrom } from '@fyrestream/events';
import {
  type DecoderWarnings,
  type EncodePlan,
  type FfmpegCommand,
  type FrameRange,
  readDecoderWarnings,
  segmentDurationOf,
  type TrackManifest,
  type TrackPackagerOptions,
  warningsOfUnit,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { type OutputSocket, openOutputSocket } from '../open-output-socket.ts';
import type { ProgressMeter } from '../progress-meter.ts';
import type { CapturedReferences, CaptureSession } from '../reference-capture/capture-session.ts';
import type { UnitCapture } from '../reference-capture/create-unit-capture.ts';
import { storeReferenceCapture } from '../reference-capture/stored-reference-capture.ts';
import { runawayOutput } from '../runaway-output.ts';
import { encodeLimits } from '../sandbox/encode-limits.ts';
import type { StallWatchdog } from '../stall-watchdog.ts';
import { storeTrack } from '../store-track.ts';

export interface EncodeOptions {
  readonly plan: EncodePlan;
  readonly tracks: readonly Omit<TrackPackagerOptions, 'segmentDurationSeconds'>[];
  /** Of the unit; null if it is not known. */
  readonly durationSeconds: number | null;
  /** The part of the video that the unit encodes; null for all of it, and for audio. */
  readonly range: FrameRange | null;
  readonly capture: CaptureSession;
  /** Of the unit, if this is one of several runs. */
  readonly captures?: UnitCapture;
  readonly watchdog: StallWatchdog;
  commandFor(targetFor: (trackId: string) => string): FfmpegCommand;
}

export interface FinishedEncode {
  readonly tracks: TrackManifest[];
  readonly fileHashes: Record<string, string>;
  /** All that ffmpeg reported, also what the capture of another unit has already. */
  readonly warnings: DecoderWarnings;
  readonly captured: CapturedReferences;
}

/** ffmpeg reports each damaged packet of a source; later lines are enough. */
const linesKept = 5_000;

/** Runs ffmpeg once, stores the segments of every track while it runs, then stores its reference capture. */
export async function runEncode(
  work: JobContext,
  claim: ActiveClaim,
  { plan, tracks, durationSeconds, range, capture, captures, watchdog, commandFor }: EncodeOptions,
): Promise<FinishedEncode> {
  const failure = new AbortController();
  const signal = AbortSignal.any([claim.signal, watchdog.signal, failure.signal]);
  const sockets = new Map<string, OutputSocket>();
  const close = () => {
    capture.close();
    for (const socket of sockets.values()) socket.close();
  };
  try {
    for (const { trackId } of tracks) {
      sockets.set(trackId, await openOutputSocket(work.scratch.socketPath(trackId), watchdog.feed));
    }
    const onMedia = reportEncode(claim.meter, tracks, durationSeconds);
    const storing = tracks.map((track) =>
      storeTrack(work, claim, {
        options: { ...track, segmentDurationSeconds: segmentDurationOf(plan) },
        chunks: sockets.get(track.trackId)?.chunks() ?? [],
        onMedia: (seconds) => onMedia(track.trackId, seconds),
        onSegmentEnd: (seconds) => {
          const runaway = runawayOutput(plan, seconds);
          if (runaway !== null) failure.abort(runaway);
        },
      }).catch((error) => {
        // The stream has ended, and so will ffmpeg: why it wrote nothing is what it says.
        if (reasonFrom(error).code !== 'no-decodable-stream') failure.abort(error);
        throw error;
      }),
    );
    const command = commandFor((trackId) => sockets.get(trackId)?.target ?? '');
    const limits = encodeLimits(work, plan);
    const encoding = work.ffmpeg.run(command, { signal, limits, keptLines: linesKept }).finally(close);
    const [, ...results] = await Promise.allSettled([encoding, ...storing]);
    // The failure of ffmpeg explains more than the broken streams that follow from it.
    const startsAtKeyFrame = range !== null && range.decodeFromSeconds !== null;
    const warnings = readDecoderWarnings(await encoding, startsAtKeyFrame);
    const stored = results.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
    const captured = await capture.result();
    const own = {
      capture: { warnings: warningsOfUnit(warnings, range), ...captured.capture },
      references: captured.references,
    };
    await storeReferenceCapture(work, claim, captures?.add(own) ?? own);
    return {
      tracks: stored.map(({ manifest }) => manifest),
      fileHashes: Object.fromEntries(stored.flatMap(({ fileHashes }) => fileHashes)),
      warnings,
      captured,
    };
  } finally {
    close();
    watchdog.stop();
  }
}

/** A unit is as far as its slowest track. @returns takes the media time that ffmpeg has written of a track */
function reportEncode(
  meter: ProgressMeter,
  tracks: readonly { readonly trackId: string }[],
  durationSeconds: number | null,
): (trackId: string, seconds: number) => void {
  const fractions = new Map(tracks.map(({ trackId }) => [trackId, 0]));
  meter.begin(durationSeconds);
  return (trackId, seconds) => {
    if (!durationSeconds) return;
    const fraction = Math.min(1, seconds / durationSeconds);
    fractions.set(trackId, fraction);
    meter.reportTrack(trackId, fraction);
    meter.report(Math.min(...fractions.values()));
  };
}
