import type { JobRecord, Upload } from '@fyrestream/events';
import { admitUpload } from '../src/admit-upload.ts';
import { inspectUpload } from '../src/inspect-upload.ts';
import type { InvokerDependencies } from '../src/invoker-dependencies.ts';

/** The job of an upload that was inspected and is due to be launched. */
export async function admitInspected(dependencies: InvokerDependencies, upload: Upload): Promise<JobRecord> {
  return (await inspectUpload(dependencies, await admitUpload(dependencies, upload))).job;
}
