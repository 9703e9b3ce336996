import type { JobRecord } from '@fyrestream/events';

/** The result of one step. */
export interface ReconcileResult {
  readonly job: JobRecord;
  /** Whether another step may be possible now. */
  readonly again: boolean;
}
