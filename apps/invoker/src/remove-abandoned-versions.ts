import { assemblyUnitId, isTerminal, versionPrefix } from '@fyrestream/events';
import type { InvokerDependencies } from './handler.ts';

/** S3 lists and removes a thousand at once. @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const filesAtOnce = 1_000;
/** A version of a film of many hours has as many files; the invoker's time is short. */
const pagesPerVersion = 20;

/**
 * Removes the files of versions that a job made and never published: their assembly failed, lost its claim or was cancelled.
 * Tokens only grow: what has one that was given before the job was seen to be over is nobody's work any more, also where
 * the job is tried again meanwhile.
 */
export async function removeAbandonedVersions(
  { ledger, store, settings, log }: InvokerDependencies,
  jobId: string,
): Promise<void> {
  const units = await ledger.listUnits(jobId);
  const job = await ledger.readJob(jobId);
  if (job === null || !isTerminal(job)) return;
  const newest = units.find((unit) => unit.unitId === assemblyUnitId)?.token ?? 0;
  for (let token = 1; token <= newest; token += 1) {
    if (token === job.publication?.token) continue;
    const prefix = versionPrefix(job.upload.key, jobId, token);
    for (let page = 0; page < pagesPerVersion; page += 1) {
      const files = await store.list(settings.outputBucket, prefix, { limit: filesAtOnce });
      if (files.length === 0) break;
      await store.remove(
        settings.outputBucket,
        files.map(({ key }) => key),
      );
      log.info({ jobId, prefix, files: files.length }, 'abandoned-version-removed');
      if (files.length < filesAtOnce) break;
    }
  }
}
