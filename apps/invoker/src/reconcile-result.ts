import type { JobRecord } from '@fyrestream/events';

/** What one step made of a job. */
export interface ReconcileResult {
  readonly job: JobRecord;
  /** Whether there may be more to do at once. */
  readonly again: boolean;
}
