import { constants } from 'node:os';
import { FyrestreamError } from '@fyrestream/events';

/** A person or the system stopped the command by a signal. */
export class InterruptionError extends FyrestreamError {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super({
      code: 'interrupted',
      message: `Stopped by ${signal}. Uploaded files are still processed while the cloud runs: see \`fyrestream jobs\`.`,
      retryable: true,
    });
    this.name = 'InterruptionError';
    this.signal = signal;
  }

  /** The exit code that shells use. */
  get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

/** The first signal aborts the returned signal, so that the command cleans up and ends; a second one ends the process at once. */
export function listenForInterruption(source: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    source.once(signal, () => controller.abort(new InterruptionError(signal)));
  }
  return controller.signal;
}
