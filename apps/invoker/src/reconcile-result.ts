import type { JobRecord } from '@fyrestream/events';

/**
 * The place of a job: `given` is for one launch; `used` was for a launch that started no task, and may be renewed; with `none`
 * the job needs its turn.
 */
export type Place = 'given' | 'used' | 'none';

/** The result of one step. */
export interface ReconcileResult {
  readonly job: JobRecord;
  /** Whether another step may be possible now. */
  readonly again: boolean;
  /** The place for the next launch; as before if absent. */
  readonly place?: Place;
}
