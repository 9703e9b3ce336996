import { FyrestreamError } from '@fyrestream/events';
import { ZodError } from 'zod';

/**
 * Whether a stored file is missing or is not what it should be, so that it stays unreadable. A fault of a service, of the network or of
 * the scratch disk says nothing about the file.
 */
export function isFaultOfContent(error: unknown): boolean {
  if (error instanceof FyrestreamError) return !error.retryable;
  // Of JSON.parse and of a schema.
  return error instanceof SyntaxError || error instanceof ZodError;
}
