import type { components } from './api-schema.ts';

export type Problem = components['schemas']['Problem'];

/** An answer of the API other than success. */
export class ApiError extends Error {
  /** Stable, in kebab case: `job-not-found`. */
  readonly code: string;
  /** Of HTTP. */
  readonly status: number;
  readonly retryable: boolean;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.code = problem.code;
    this.status = problem.status;
    this.retryable = problem.retryable;
    this.problem = problem;
  }
}

/** The problem of an answer: also of one that another server gave, such as a proxy. */
export async function apiErrorOf(response: Response, body?: unknown): Promise<ApiError> {
  const problem = body ?? (await response.json().catch(() => null));
  if (isProblem(problem)) return new ApiError(problem);
  return new ApiError({
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: `The server answered ${response.status} ${response.statusText}.`,
    code: `http-${response.status}`,
    retryable: response.status === 429 || response.status >= 500,
  });
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' && value !== null && 'code' in value && 'detail' in value && 'status' in value
  );
}
