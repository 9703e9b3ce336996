import { FyrestreamError } from '@fyrestream/events';
import type { WorkerServices } from './worker-services.ts';

/** What a worker may take for one attempt: whatever a file does to ffmpeg, its cost has an end. */
export interface Deadline {
  /** Aborted, with `deadline-exceeded`, when the time is over. */
  readonly signal: AbortSignal;
  end(): void;
}

const hourMilliseconds = 3_600_000;

export function watchDeadline({
  timers,
  settings: { attemptHours },
}: Pick<WorkerServices, 'timers' | 'settings'>): Deadline {
  const exceeded = new AbortController();
  const over = new AbortController();
  timers.sleep(attemptHours * hourMilliseconds, over.signal).then(
    () =>
      exceeded.abort(
        new FyrestreamError({
          code: 'deadline-exceeded',
          message: `The work took longer than the ${attemptHours} hours that an attempt may take (attemptHours).`,
          retryable: false,
        }),
      ),
    // The work is over.
    () => {},
  );
  return { signal: exceeded.signal, end: () => over.abort() };
}
