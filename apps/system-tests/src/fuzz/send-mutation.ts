import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobRecord, jobIdOf, uploadKey } from '@fyrestream/events';
import type { CloudClients } from '../connect-to-cloud.ts';
import { isFinished } from '../violations/is-finished.ts';
import type { FuzzUpload } from './fuzz-upload.ts';
import type { Mutation } from './mutate.ts';
import type { JobEnds } from './watch-job-ends.ts';

const delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
const pollMilliseconds = 200;
/** Longer than any tiny file needs on a busy machine; a retried attempt waits for half a minute, then two. */
const maxJobMilliseconds = 15 * 60_000;

/** Uploads a mutation and waits until its job has ended, or is held because of its estimated cost. */
export async function sendMutation(
  { store, ledger, sourceBucket: bucket }: CloudClients,
  directory: string,
  jobEnds: JobEnds,
  { bytes, ...mutation }: Mutation,
): Promise<FuzzUpload> {
  const file = join(directory, mutation.fileName);
  await writeFile(file, bytes);
  const key = uploadKey(`fuzz/${mutation.fileName}`);
  const startedAt = Date.now();
  const { versionId, etag } = await store.upload({ bucket, key }, file, delivery);
  await rm(file);
  const jobId = jobIdOf({ bucket, key, versionId, etag });
  const isLate = () => Date.now() - startedAt > maxJobMilliseconds;
  while (!jobEnds.has(jobId) && !isLate()) await sleep(pollMilliseconds);
  let job = await ledger.readJob(jobId);
  // The last event is published before its record is changed.
  while (job !== null && !hasEnded(job) && !isLate()) {
    await sleep(pollMilliseconds);
    job = await ledger.readJob(jobId);
  }
  return { mutation, key, versionId: versionId ?? '', jobId, job, seconds: (Date.now() - startedAt) / 1_000 };
}

function hasEnded(job: JobRecord): boolean {
  return isFinished(job) || (job.status === 'held' && job.owed.length === 0);
}
