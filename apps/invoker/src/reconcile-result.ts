import type { JobRecord } from '@fyrestream/events';

/** The result of one step. */
export interface ReconcileResult {
  readonly job: JobRecord;
  /** Whether another step may be possible now. */
  readonly again: boolean;
  /** Whether it was given a place, with which it may try both types of capacity. */
  readonly hasPlace?: boolean;
}
