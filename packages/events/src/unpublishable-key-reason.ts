import { maxKeyBytes, stableFileNames, stableKey, uploadPath } from './object-key.ts';
import type { Reason } from './reason.ts';

/**
 * Why no outputs can be published for the key of an upload; null for all others, which play under URLs with each part
 * of the key percent-encoded once. URL parsers remove the parts `.` and `..`, also when encoded, and some proxies empty
 * parts: such a URL leads to another object. Control characters cannot be written in XML listings, logs and headers.
 * @see https://url.spec.whatwg.org/#path-state
 */
export function unpublishableKeyReason(key: string): Reason | null {
  const tooLong = stableFileNames.some((name) => Buffer.byteLength(stableKey(key, name)) > maxKeyBytes);
  if (tooLong) {
    const message =
      'The path of the upload is too long for the keys of its outputs: shorten its name or folders.';
    return { code: 'key-too-long', message, retryable: false };
  }
  const problem = partProblem(key);
  if (problem === null) return null;
  const message = `The path of the upload has ${problem}, which URLs cannot contain: upload it under another name.`;
  return { code: 'key-not-supported', message, retryable: false };
}

function partProblem(key: string): string | null {
  const parts = uploadPath(key).split('/');
  if (parts.includes('')) return 'an empty part';
  if (parts.includes('.') || parts.includes('..')) return 'a part . or ..';
  if (!key.isWellFormed()) return 'half of a surrogate pair';
  return /\p{Cc}/u.test(key) ? 'a control character' : null;
}
