import { type ErrorFacts, FyrestreamError } from '@fyrestream/events';

/** A failure of the local cloud itself; `code` is the reason. Its services respond with `AwsError` instead. */
export class LocalError extends FyrestreamError {
  constructor(facts: ErrorFacts) {
    super(facts);
    this.name = 'LocalError';
  }
}
