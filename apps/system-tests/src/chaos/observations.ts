import type { JobEvent, JobRecord, StableFileName } from '@fyrestream/events';
import type { SourceKind } from './source-files.ts';

/** One version of an upload, as it stands in the source bucket. */
export interface UploadedVersion {
  readonly key: string;
  readonly versionId: string;
  readonly jobId: string;
  readonly kind: SourceKind;
}

/** A version that a stable file named, at some time. */
export interface ViewerObservation {
  readonly key: string;
  readonly jobId: string;
  readonly token: number;
}

/** All that is there to see once everything is quiet. */
export interface ChaosObservations {
  /** Each key's versions, the oldest first. */
  readonly versions: ReadonlyMap<string, readonly UploadedVersion[]>;
  /** What S3 acknowledged to uploaders. */
  readonly acknowledged: readonly Pick<UploadedVersion, 'key' | 'versionId'>[];
  /** Every job of the ledger. */
  readonly jobs: ReadonlyMap<string, JobRecord>;
  /** Everything that was announced, repetitions included. */
  readonly events: readonly JobEvent[];
  /** What each stable file names now, by key; a file that names nothing is `nothing`. */
  readonly stableFiles: ReadonlyMap<
    string,
    ReadonlyMap<StableFileName, Omit<ViewerObservation, 'key'> | 'nothing'>
  >;
  /** The keys of all published files, below `outputs/`. */
  readonly outputs: ReadonlySet<string>;
  /** What a viewer saw in stable files while all of this went on, in order. */
  readonly sightings: readonly ViewerObservation[];
  /** How often a worker of a job was killed, alone or with the cloud. */
  readonly kills: ReadonlyMap<string, number>;
  /** Jobs and attempts for which tasks were started. */
  readonly launches: readonly string[];
  /** What should be empty and is not: queues, dead letters, scratch, processes. */
  readonly leftovers: readonly string[];
}
