import type { JobRecord } from '@fyrestream/events';
import type { Scratch } from './create-scratch.ts';
import type { SourceFile } from './source-file.ts';
import type { WorkerServices } from './worker-services.ts';

/** What every stage of one job uses. */
export interface JobContext extends WorkerServices {
  readonly job: JobRecord;
  readonly scratch: Scratch;
  readonly source: SourceFile;
}
