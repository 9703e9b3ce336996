import { FyrestreamError } from '@fyrestream/events';

/** Longer than the slowest encoder takes for a segment of the largest picture. */
const patienceMilliseconds = 10 * 60_000;

export interface StallWatchdog {
  readonly signal: AbortSignal;
  /** Something moved. */
  feed(): void;
  stop(): void;
}

/** Ends an ffmpeg that is alive but brings nothing any more. */
export function watchForStall(patience = patienceMilliseconds): StallWatchdog {
  const controller = new AbortController();
  const stalled = () =>
    controller.abort(
      new FyrestreamError({
        code: 'ffmpeg-stalled',
        message: `ffmpeg wrote nothing for ${patience / 1_000} seconds.`,
        retryable: true,
      }),
    );
  const timer = setTimeout(stalled, patience);
  return { signal: controller.signal, feed: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}
