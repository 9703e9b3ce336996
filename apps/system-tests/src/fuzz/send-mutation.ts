import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { uploadKey } from '@fyrestream/events';
import type { CloudClients } from '../connect-to-cloud.ts';
import { waitForJobEnd } from '../wait-for-job-end.ts';
import type { JobEnds } from '../watch-job-ends.ts';
import type { FuzzUpload } from './fuzz-upload.ts';
import type { Mutation } from './mutate.ts';

/** Longer than any tiny file needs on a busy machine; a retried attempt waits for half a minute, then two. */
const maxJobMilliseconds = 15 * 60_000;

/** Uploads a mutation and waits until its job has ended, or is held because of its estimated cost. */
export async function sendMutation(
  { upload, ledger }: CloudClients,
  directory: string,
  jobEnds: JobEnds,
  { bytes, ...mutation }: Mutation,
): Promise<FuzzUpload> {
  const file = join(directory, mutation.fileName);
  await writeFile(file, bytes);
  const key = uploadKey(`fuzz/${mutation.fileName}`);
  const startedAt = Date.now();
  const { versionId, jobId } = await upload(file, key);
  await rm(file);
  const isLate = () => Date.now() - startedAt > maxJobMilliseconds;
  const job = await waitForJobEnd(ledger, jobEnds, jobId, isLate);
  return { mutation, key, versionId, jobId, job, seconds: (Date.now() - startedAt) / 1_000 };
}
