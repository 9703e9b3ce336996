import type { Versioning } from './object-version.ts';

/** Sorts as its values do, and is safe in a URL. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
const sequenceDigits = 11;

/**
 * The next sequence number: microseconds since 1970, or one more than the previous where the clock
 * stands still or goes back. Stays below 2^53 until the year 2255.
 */
export function nextSequence(previous: number, nowMillis: number): number {
  return Math.max(previous + 1, nowMillis * 1000);
}

/**
 * A version id of 32 characters: opaque to callers, sortable by age here. `entropy` (21 bytes) keeps it
 * unguessable; buckets that are not versioned get S3's `null`.
 */
export function versionIdentity(versioning: Versioning, sequence: number, entropy: Uint8Array): string {
  if (versioning !== 'Enabled') return 'null';
  const time = sequence.toString(32).toUpperCase().padStart(sequenceDigits, '0');
  const tail = Array.from(entropy.subarray(0, 32 - sequenceDigits), (byte) => alphabet[byte % 32]).join('');
  return time + tail;
}

/** The `sequencer` of an event: hexadecimal, longer or greater means later for the same key. */
export function sequencer(sequence: number): string {
  return sequence.toString(16).toUpperCase().padStart(18, '0');
}
