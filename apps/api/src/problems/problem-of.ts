import { STATUS_CODES } from 'node:http';
import { toServiceFault } from '@fyrestream/cloud';
import { FyrestreamError } from '@fyrestream/events';
import { HTTPException } from 'hono/http-exception';
import { ProblemError } from './problem-error.ts';
import type { Problem } from './problem-schema.ts';
import { statusOfCode } from './status-of-code.ts';

/** By status: the framework says only what is wrong. */
const bodyAdvice: Readonly<Record<number, string>> = {
  400: 'The body is not valid JSON: send one JSON object in UTF-8.',
  415: 'The body must be JSON and say so: add the header `Content-Type: application/json`.',
};

/** What is answered for any thrown value. Only typed errors say what is wrong; others are in the log. */
export function problemOf(thrown: unknown): Problem {
  const error = toServiceFault(thrown) ?? thrown;
  if (error instanceof ProblemError) return createProblem(error.status, error, error.issues);
  if (error instanceof FyrestreamError) return createProblem(statusOfCode(error.code), error);
  if (error instanceof HTTPException) {
    // Of the framework: a body that is no JSON, or that does not say so.
    const code = error.status === 415 ? 'unsupported-media-type' : 'bad-request';
    const message = bodyAdvice[error.status] ?? sentence(error.message);
    return createProblem(error.status, { code, message, retryable: false });
  }
  if (isAccessDenied(error)) {
    return createProblem(502, {
      code: 'access-denied',
      message: `The credentials of the API do not allow the call: ${sentence(error.message)}`,
      retryable: false,
    });
  }
  return createProblem(500, {
    code: 'internal-error',
    message: 'The request failed in an unexpected way; the log of the API says why.',
    retryable: true,
  });
}

function createProblem(
  status: number,
  { code, message, retryable }: { code: string; message: string; retryable: boolean },
  issues?: Problem['issues'],
): Problem {
  return {
    type: `urn:fyrestream:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
    code,
    retryable,
    ...(issues && { issues }),
  };
}

function isAccessDenied(error: unknown): error is Error {
  return error instanceof Error && ['AccessDenied', 'AccessDeniedException'].includes(error.name);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
