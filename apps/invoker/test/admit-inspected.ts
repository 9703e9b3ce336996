import type { JobRecord, Upload } from '@fyrestream/events';
import { createJobForUpload } from '../src/admission/create-job-for-upload.ts';
import { inspectUpload } from '../src/admission/inspect-upload.ts';
import type { InvokerDependencies } from '../src/invoker-dependencies.ts';

/** The job of an upload that was inspected and is due to be launched. */
export async function admitInspected(dependencies: InvokerDependencies, upload: Upload): Promise<JobRecord> {
  return (await inspectUpload(dependencies, await createJobForUpload(dependencies, upload))).job;
}
