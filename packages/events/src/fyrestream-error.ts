/** The facts that every error of Fyrestream has. */
export interface ErrorFacts {
  /** Stable, in kebab case, for programs: callers decide by it and not by the message. */
  readonly code: string;
  /** One plain sentence for a person: what is wrong and what to do about it. */
  readonly message: string;
  /** Whether the same operation may succeed later. */
  readonly retryable: boolean;
  readonly cause?: unknown;
}

/** The only error type: callers decide by its facts. */
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
