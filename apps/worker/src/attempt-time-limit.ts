import { FyrestreamError } from '@fyrestream/events';
import type { WorkerServices } from './worker-services.ts';

/** The time limit of one attempt: it limits the cost of a file on which ffmpeg does not end. */
export interface AttemptTimeLimit {
  /** Aborted with `deadline-exceeded` when the time is over. */
  readonly signal: AbortSignal;
  clear(): void;
}

const hourMilliseconds = 3_600_000;

export function startAttemptTimeLimit({
  timers,
  settings: { attemptHours },
}: Pick<WorkerServices, 'timers' | 'settings'>): AttemptTimeLimit {
  const exceeded = new AbortController();
  const cleared = new AbortController();
  timers.sleep(attemptHours * hourMilliseconds, cleared.signal).then(
    () =>
      exceeded.abort(
        new FyrestreamError({
          code: 'deadline-exceeded',
          message: `The attempt took longer than its limit of ${attemptHours} hours (attemptHours).`,
          retryable: false,
        }),
      ),
    // The limit was cleared.
    () => {},
  );
  return { signal: exceeded.signal, clear: () => cleared.abort() };
}
