import type { JobRecord } from '@fyrestream/events';
import type { Mutation } from './mutate.ts';

/** An uploaded mutation and its job. */
export interface FuzzUpload {
  readonly mutation: Omit<Mutation, 'bytes'>;
  readonly key: string;
  readonly versionId: string;
  readonly jobId: string;
  /** Null if no job was created in time. */
  readonly job: JobRecord | null;
  /** From the upload to the end of the job, including the time in the queue. */
  readonly seconds: number;
}
