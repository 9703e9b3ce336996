import type { Ledger, ObjectStore } from '@fyrestream/cloud';

/** One Fyrestream, local or deployed, as the operator's commands see it. */
export interface Stack {
  readonly sourceBucket: string;
  readonly outputBucket: string;
  readonly ledger: Ledger;
  readonly store: ObjectStore;
}
