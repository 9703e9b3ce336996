import { type ErrorFacts, FyrestreamError } from '@fyrestream/events';
import type { Problem } from './problem-schema.ts';

/** An answer other than success, with its HTTP status. */
export class ProblemError extends FyrestreamError {
  readonly status: number;
  readonly issues: Problem['issues'];

  constructor(status: number, facts: ErrorFacts, issues?: Problem['issues']) {
    super(facts);
    this.name = 'ProblemError';
    this.status = status;
    this.issues = issues;
  }
}
