import type { JobEvent, JobRecord, OutputRecord, UnitRecord } from '@fyrestream/events';
import type { PublicationSighting } from '../violations/observations.ts';
import type { UploadRecord } from './upload-record.ts';

/** What was observed in the course of a schedule. */
export interface ScheduleRecord {
  /** In the order in which they were sent. */
  readonly uploads: readonly UploadRecord[];
  readonly jobs: ReadonlyMap<string, JobRecord>;
  readonly outputs: ReadonlyMap<string, OutputRecord>;
  /** By job id and unit id, with a space between. */
  readonly units: ReadonlyMap<string, UnitRecord>;
  /** The most places that were taken at a time. */
  readonly peakPlaces: () => number;
  /** Launches that were not in the order of the line; empty where it is not checked. */
  readonly findUnfair: (maxConcurrentTasks: number) => readonly string[];
  /** Each change of a job's status, as text; an event has the same text. */
  readonly statusChanges: ReadonlySet<string>;
  readonly events: readonly JobEvent[];
  readonly sightings: readonly PublicationSighting[];
  readonly outputKeys: ReadonlySet<string>;
  readonly expiredJobIds: ReadonlySet<string>;
  /** The ARNs of tasks whose start was recorded. */
  readonly startedTasks: ReadonlySet<string>;
  /** Jobs that a user cancelled or retried. */
  readonly userControlledJobIds: ReadonlySet<string>;
}

export function statusChange(jobId: string, status: string, at: string): string {
  return `${jobId} ${status} at ${at}`;
}
