import { ProblemError } from './problem-error.ts';
import { problemOf } from './problem-of.ts';
import { problemResponse } from './problem-response.ts';

export function routeNotFound(): Response {
  return problemResponse(
    problemOf(
      new ProblemError(404, {
        code: 'route-not-found',
        message: 'There is no such route: /v1/openapi.json describes all.',
        retryable: false,
      }),
    ),
  );
}
