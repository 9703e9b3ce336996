import { ApiError, ConnectionBrokenError } from '@fyrestream/client';

/** One sentence: what is wrong and what to do. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  // `fetch` throws it where there is no answer.
  if (error instanceof TypeError || error instanceof ConnectionBrokenError)
    return 'The server does not answer: check that the command that printed the address still runs.';
  return error instanceof Error ? error.message : String(error);
}
