import { requestJson } from './request-json.ts';
import type { StackView } from './views.ts';

/** The calls of the API that the console makes. Each throws `ProblemError`. */
export interface Api {
  readonly showStack: (signal: AbortSignal) => Promise<StackView>;
}

export function createApi(token: string): Api {
  return {
    showStack: (signal) => requestJson(token, '/v1/stack', { signal }),
  };
}
