import { FyrestreamError } from '@fyrestream/events';

/** What was typed cannot be done as typed: nothing was started, and the command leaves with exit code 2. */
export class UsageError extends FyrestreamError {
  constructor(code: string, message: string) {
    super({ code, message, retryable: false });
    this.name = 'UsageError';
  }
}
