import { constants } from 'node:os';
import { FyrestreamError } from '@fyrestream/events';

/** The person, or the system, told the command to stop. */
export class Interruption extends FyrestreamError {
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super({
      code: 'interrupted',
      message: `Stopped by ${signal}. What was uploaded goes on where the cloud does: see \`fyrestream jobs\`.`,
      retryable: true,
    });
    this.name = 'Interruption';
    this.signal = signal;
  }

  /** As shells say it. */
  get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

/** The first signal asks the command to clean up and end; a second one ends it as if nobody listened. */
export function listenForInterruption(source: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    source.once(signal, () => controller.abort(new Interruption(signal)));
  }
  return controller.signal;
}
