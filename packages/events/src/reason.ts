import { z } from 'zod';
import { FyrestreamError } from './fyrestream-error.ts';

/** Why a job has its status, as the record stores it and `fyrestream job` shows it. */
export const reasonSchema = z.strictObject({
  code: z.string().min(1),
  message: z.string().min(1),
  retryable: z.boolean(),
});
export type Reason = z.infer<typeof reasonSchema>;

/** Keeps DynamoDB items and log lines small, as messages of libraries may be long. */
const maxMessageLength = 1_000;

/** Turns any thrown value into a reason; errors of other types become `internal-error`, which may be retried. */
export function reasonFrom(error: unknown): Reason {
  if (error instanceof FyrestreamError) {
    return {
      code: error.code,
      message: error.message.slice(0, maxMessageLength),
      retryable: error.retryable,
    };
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
    return { code: 'disk-full', message: 'The disk is full.', retryable: true };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'internal-error', message: message.slice(0, maxMessageLength), retryable: true };
}
