import type { Reason } from '@fyrestream/events';

/** The reason for which the worker refuses a file; null for failures that say nothing about the file. */
export function refusalOf(error: unknown): Reason | null {
  // By its name: the worker's bundle brings a class of its own.
  if (!(error instanceof Error && error.name === 'MediaRefusal' && 'code' in error)) return null;
  return { code: String(error.code), message: error.message, retryable: false };
}
