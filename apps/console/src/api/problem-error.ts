/** An answer of the API other than success, as RFC 9457 describes it; or none, where the server cannot be reached. */
export class ProblemError extends Error {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly code: string;
  readonly retryable: boolean;

  constructor(facts: { status: number; code: string; detail: string; retryable: boolean }, cause?: unknown) {
    super(facts.detail, { cause });
    this.name = 'ProblemError';
    this.status = facts.status;
    this.code = facts.code;
    this.retryable = facts.retryable;
  }
}
