import { constants } from 'node:os';
import { FyrestreamError } from '@fyrestream/events';
import { commandLine } from './command-line.ts';

/** A person or the system stopped the command by a signal. */
export class InterruptionError extends FyrestreamError {
  readonly signal: NodeJS.Signals;

  /** @param effect a sentence about what was stopped and what continues */
  constructor(
    signal: NodeJS.Signals,
    effect = `Uploaded files are still processed while the cloud runs: see \`${commandLine('jobs')}\`.`,
  ) {
    super({
      code: 'interrupted',
      message: `Interrupted by ${signal}. ${effect}`,
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
