import { FyrestreamError } from '@fyrestream/events';

/** The arguments are wrong: nothing was started, and the exit code is 2. */
export class UsageError extends FyrestreamError {
  constructor(code: string, message: string) {
    super({ code, message, retryable: false });
    this.name = 'UsageError';
  }
}
