import {
  type EncodePlan,
  type FfmpegCommand,
  readDecoderWarnings,
  segmentDurationOf,
  type TrackManifest,
  type TrackPackagerOptions,
} from '@fyrestream/media';
import type { HeldClaim } from '../hold-claim.ts';
import type { JobContext } from '../job-context.ts';
import { receiveStream, type StreamReceiver } from '../receive-stream.ts';
import type { EncodeCapture } from '../reference-capture/encode-capture.ts';
import { storeReferenceCapture } from '../reference-capture/stored-reference-capture.ts';
import type { StallWatchdog } from '../stall-watchdog.ts';
import { storeTrack } from '../store-track.ts';

export interface TracksToEncode {
  readonly plan: EncodePlan;
  readonly tracks: readonly Omit<TrackPackagerOptions, 'segmentDurationSeconds'>[];
  readonly watch: EncodeCapture;
  readonly watchdog: StallWatchdog;
  commandFor(targetFor: (trackId: string) => string): FfmpegCommand;
}

/** A badly damaged source has more to say than anybody reads. */
const linesKept = 5_000;

/** One ffmpeg, one decode: every track is cut into segments and stored while it is encoded, and watched as it is. */
export async function runEncode(
  work: JobContext,
  held: HeldClaim,
  { plan, tracks, watch, watchdog, commandFor }: TracksToEncode,
): Promise<TrackManifest[]> {
  const failure = new AbortController();
  const signal = AbortSignal.any([held.signal, watchdog.signal, failure.signal]);
  const receivers = new Map<string, StreamReceiver>();
  const close = () => {
    watch.close();
    for (const receiver of receivers.values()) receiver.close();
  };
  try {
    for (const { trackId } of tracks) {
      receivers.set(trackId, await receiveStream(work.scratch.socketPath(trackId), watchdog.feed));
    }
    const storing = tracks.map((track, index) =>
      storeTrack(work, held.claim, {
        options: { ...track, segmentDurationSeconds: segmentDurationOf(plan) },
        chunks: receivers.get(track.trackId)?.chunks() ?? [],
        // One track stands for all: they are written side by side.
        onSegmentEnd: (seconds) => {
          if (index === 0 && plan.durationSeconds) held.report(seconds / plan.durationSeconds);
        },
      }).catch((error) => {
        failure.abort(error);
        throw error;
      }),
    );
    const command = commandFor((trackId) => receivers.get(trackId)?.target ?? '');
    const encoding = work.ffmpeg.run(command, { signal, keptLines: linesKept }).finally(close);
    const [, ...results] = await Promise.allSettled([encoding, ...storing]);
    // ffmpeg's own end says more than the broken streams that follow from it.
    const warnings = readDecoderWarnings(await encoding);
    const manifests = results.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
    const { capture, references } = await watch.gather();
    await storeReferenceCapture(work, held.claim, { capture: { warnings, ...capture }, references });
    return manifests;
  } finally {
    close();
    watchdog.stop();
  }
}
