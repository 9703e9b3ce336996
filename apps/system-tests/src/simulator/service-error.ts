import { FyrestreamError } from '@fyrestream/events';

/** An error of an AWS service, with the name that the SDK would give it. */
export function serviceError(name: string, message: string, facts: object = {}): Error {
  // Nobody reads the stack, and collecting it takes most of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const error = Object.assign(
    new FyrestreamError({ code: 'simulated-service-error', message, retryable: true }),
    { name },
    facts,
  );
  Error.stackTraceLimit = stackTraceLimit;
  return error;
}
