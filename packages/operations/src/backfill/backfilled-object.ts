import type { Reason } from '@fyrestream/events';

/**
 * - `admitted`: a message that stands for its S3 event was sent
 * - `copied`: it was copied to the source bucket, which sends the event
 * - `known`: nothing was left to do
 * - `ignored`: its name is not that of an upload
 * - `failed`: see its reason; the others are not affected
 */
export const backfillOutcomes = ['admitted', 'copied', 'known', 'ignored', 'failed'] as const;
export type BackfillOutcome = (typeof backfillOutcomes)[number];

/** What a backfill did with one object, or would do. */
export interface BackfilledObject {
  /** `s3://bucket/key` */
  readonly from: string;
  /** Its key as an upload. */
  readonly key: string;
  readonly sizeBytes: number;
  readonly outcome: BackfillOutcome;
  /** Why nothing was done; null where something was. */
  readonly reason: Reason | null;
}

/** An object of a listing, and the key that it has or gets as an upload. */
export interface BackfillCandidate {
  readonly bucket: string;
  readonly listedKey: string;
  readonly key: string;
  readonly sizeBytes: number;
  readonly lastModified: string;
}

/** The outcome of one object without its address. */
export type BackfillResult = Pick<BackfilledObject, 'outcome' | 'reason'>;

export function known(code: string, message: string): BackfillResult {
  return { outcome: 'known', reason: { code, message, retryable: false } };
}
