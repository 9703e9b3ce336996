import { FyrestreamError } from '@fyrestream/events';

/**
 * The encoder's stream is invalid. Not retryable: the same encode would produce the same bytes; a stream that was cut
 * off is reported by the encoder's exit code.
 */
export function packagingError(message: string, cause?: unknown): FyrestreamError {
  return new FyrestreamError({ code: 'packaging-failed', message, retryable: false, cause });
}
