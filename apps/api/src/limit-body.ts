import type { MiddlewareHandler } from 'hono';
import { ProblemError } from './problems/problem-error.ts';

/** A client that sends more does not read the answer before it has sent all. */
const maxDrainedBytes = 16 * 2 ** 20;

/** Refuses bodies that are too large, by the length that HTTP servers enforce, before they are read. */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.header('transfer-encoding') !== undefined) {
      throw new ProblemError(411, {
        code: 'length-required',
        message: 'A request with a body must have the header Content-Length.',
        retryable: false,
      });
    }
    const length = Number(context.req.header('content-length') ?? 0);
    if (length <= maxBytes) return next();
    if (length <= maxDrainedBytes) await context.req.raw.arrayBuffer();
    throw new ProblemError(413, {
      code: 'body-too-large',
      message: `The body of a request has at most ${maxBytes} bytes.`,
      retryable: false,
    });
  };
}
