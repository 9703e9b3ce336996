import type { JobEvent, JobRecord, StableFileName } from '@fyrestream/events';
import type { OutputVersion } from './output-version.ts';

/** One version of an uploaded file, with the end that its job must reach. */
export interface UploadedVersion {
  readonly key: string;
  readonly versionId: string;
  readonly jobId: string;
  /** What the file holds, in a word. */
  readonly content: string;
  /** Whether there must be a job for it. */
  readonly mustHaveJob: boolean;
  readonly expectedStatus: 'succeeded' | 'failed';
  /** The reason code of an expected failure; null allows any. */
  readonly expectedReasonCode: string | null;
  /** Whether so many of its attempts failed that the job may fail, whatever the file holds. */
  readonly mayFail: boolean;
  /** Whether a user cancelled or retried the job, so that it may end in any status. */
  readonly isUserControlled: boolean;
}

/** The version that a stable file named at some moment. */
export interface PublicationSighting extends OutputVersion {
  readonly key: string;
  readonly fileName: StableFileName;
}

/** What is visible from outside once the pipeline is quiet. */
export interface Observations {
  /** By source key, the oldest version first. */
  readonly versions: ReadonlyMap<string, readonly UploadedVersion[]>;
  /** Every job of the ledger, by its id. */
  readonly jobs: ReadonlyMap<string, JobRecord>;
  /** Every job event that was published, repetitions included. */
  readonly events: readonly JobEvent[];
  /** The version that each stable file names now, by source key; null for a file that names none. */
  readonly stableFiles: ReadonlyMap<string, ReadonlyMap<StableFileName, OutputVersion | null>>;
  /** The versions that stable files named in the course of the run, in order. */
  readonly sightings: readonly PublicationSighting[];
  /** All keys below `versions/`. */
  readonly outputKeys: ReadonlySet<string>;
  /** The files that each published version must have. */
  readonly requiredFiles: readonly string[];
  /** Jobs whose outputs were removed because a newer version replaced them. */
  readonly expiredJobIds: ReadonlySet<string>;
  /** What each ECS task was started for: job, attempt and capacity as one text. */
  readonly launches: readonly string[];
}
