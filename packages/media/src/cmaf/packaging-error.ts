import { FyrestreamError } from '@fyrestream/events';

/**
 * The encoder's stream is not what the packager was promised. Not retryable: the same encode would give
 * the same bytes, and a stream that was cut off is told by the encoder's own exit.
 */
export function packagingError(message: string, cause?: unknown): FyrestreamError {
  return new FyrestreamError({ code: 'packaging-failed', message, retryable: false, cause });
}
