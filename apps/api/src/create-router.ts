import { OpenAPIHono } from '@hono/zod-openapi';
import { ProblemError } from './problems/problem-error.ts';
import { problemOf } from './problems/problem-of.ts';
import { problemResponse } from './problems/problem-response.ts';

/** A router whose invalid requests are answered with the problem `bad-request`, naming each field. */
export function createRouter(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      const issues = result.error.issues.map((issue) => ({
        path: [result.target, ...issue.path].map(String).join('.'),
        message: issue.message,
      }));
      const message = `The request is not valid: ${issues.map(({ path, message: why }) => `${path}: ${why}`).join('; ')}.`;
      return problemResponse(
        problemOf(new ProblemError(400, { code: 'bad-request', message, retryable: false }, issues)),
      );
    },
  });
}
