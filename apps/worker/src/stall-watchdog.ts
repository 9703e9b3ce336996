import { FyrestreamError } from '@fyrestream/events';

/** Longer than the slowest encoder needs for a segment of the largest frames. */
const stallMilliseconds = 10 * 60_000;

export interface StallWatchdog {
  readonly signal: AbortSignal;
  /** Restarts the time: there was progress. */
  feed(): void;
  stop(): void;
}

/** Detects an ffmpeg that runs but no longer writes. @returns `signal` is aborted with `ffmpeg-stalled` */
export function startStallWatchdog(timeoutMilliseconds = stallMilliseconds): StallWatchdog {
  const controller = new AbortController();
  const stalled = () =>
    controller.abort(
      new FyrestreamError({
        code: 'ffmpeg-stalled',
        message: `ffmpeg wrote nothing for ${timeoutMilliseconds / 1_000} seconds.`,
        retryable: true,
      }),
    );
  const timer = setTimeout(stalled, timeoutMilliseconds);
  return { signal: controller.signal, feed: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}
