import { type ErrorFacts, FyrestreamError } from '@fyrestream/events';

/** The local cloud itself cannot do what was asked; `code` says why. Services answer with `AwsError` instead. */
export class LocalError extends FyrestreamError {
  constructor(facts: ErrorFacts) {
    super(facts);
    this.name = 'LocalError';
  }
}
