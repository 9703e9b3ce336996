import { createLoudnessReader, type FfmpegCommand, type MeasuredLoudness } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { openTextSocket } from '../open-text-socket.ts';
import type { ProcessLimits } from '../sandbox/process-limits.ts';
import { startStallWatchdog } from '../stall-watchdog.ts';

export interface LoudnessMeasurement {
  /** By these names the results are returned. */
  readonly trackIds: readonly string[];
  readonly limits: ProcessLimits;
  readonly signal: AbortSignal;
  /** @param targetFor where the filter that measures a track prints */
  commandFor(targetFor: (trackId: string) => string): FfmpegCommand;
}

/** Measures audio with one run of ffmpeg. */
export async function measureLoudness(
  { ffmpeg, scratch }: JobContext,
  { trackIds, limits, signal, commandFor }: LoudnessMeasurement,
): Promise<ReadonlyMap<string, MeasuredLoudness>> {
  const watchdog = startStallWatchdog();
  const measured = await Promise.all(
    trackIds.map(async (trackId) => {
      const reader = createLoudnessReader();
      const socket = await openTextSocket(scratch.socketPath(`loudness-${trackId}`), (text) => {
        watchdog.feed();
        reader.push(text);
      });
      return { trackId, reader, socket };
    }),
  );
  const targets = new Map(measured.map(({ trackId, socket }) => [trackId, socket.target]));
  try {
    await ffmpeg.run(
      commandFor((trackId) => targets.get(trackId) ?? ''),
      { signal: AbortSignal.any([signal, watchdog.signal]), limits },
    );
  } finally {
    watchdog.stop();
    await Promise.all(measured.map(({ socket }) => socket.close()));
  }
  return new Map(measured.map(({ trackId, reader }) => [trackId, reader.end()]));
}
