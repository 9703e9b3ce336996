import type { Versioning } from './object-version.ts';

/** In ASCII order, and safe in a URL. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
const sequenceDigits = 11;

/**
 * The next sequence number: microseconds since 1970, or the previous number + 1 where the clock has not advanced.
 * Stays below 2^53 until the year 2255.
 */
export function nextSequence(previous: number, nowMillis: number): number {
  return Math.max(previous + 1, nowMillis * 1000);
}

/**
 * Creates a version id of 32 characters, which sorts by age. `entropy` (21 random bytes) makes it unguessable. Buckets without
 * versioning use `null`.
 */
export function createVersionId(versioning: Versioning, sequence: number, entropy: Uint8Array): string {
  if (versioning !== 'Enabled') return 'null';
  const time = sequence.toString(32).toUpperCase().padStart(sequenceDigits, '0');
  const tail = Array.from(entropy.subarray(0, 32 - sequenceDigits), (byte) => alphabet[byte % 32]).join('');
  return time + tail;
}

/** The `sequencer` of an event: hexadecimal; for one key, later events have a greater value. */
export function formatSequencer(sequence: number): string {
  return sequence.toString(16).toUpperCase().padStart(18, '0');
}
