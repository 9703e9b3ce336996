/** What every failure of Fyrestream says of itself. */
export interface ErrorFacts {
  /** Stable, kebab-case, for machines: callers branch on it, never on the message. */
  readonly code: string;
  /** One plain sentence for a person: what is wrong and what to do. */
  readonly message: string;
  /** Whether the same thing may succeed when tried again. */
  readonly retryable: boolean;
  readonly cause?: unknown;
}

/** The one error type: facts that callers can act upon. */
export class FyrestreamError extends Error {
  readonly code: string;
  readonly retryable: boolean;

  constructor(facts: ErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'FyrestreamError';
    this.code = facts.code;
    this.retryable = facts.retryable;
  }
}
