import { assemblyUnitId, encryptionKeyKey, isTerminal, versionPrefix } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { removeFilesBelowPrefix } from './remove-files-below-prefix.ts';

/** A long video has thousands of files, and the invoker has a time limit. */
const pagesPerVersion = 20;

/**
 * Removes the files of versions that a job built but did not publish: their assembly failed, lost its claim or was cancelled.
 * Tokens only grow: a version whose token was given before the job was over is obsolete, even if the job is retried
 * meanwhile.
 */
export async function removeUnpublishedVersions(
  dependencies: InvokerDependencies,
  jobId: string,
): Promise<void> {
  const { ledger, store, settings, log } = dependencies;
  const units = await ledger.listUnits(jobId);
  const job = await ledger.readJob(jobId);
  if (job === null || !isTerminal(job)) return;
  const newestToken = units.find((unit) => unit.unitId === assemblyUnitId)?.token ?? 0;
  for (let token = 1; token <= newestToken; token += 1) {
    if (token === job.publication?.token) continue;
    const prefix = versionPrefix(jobId, token);
    const { removed } = await removeFilesBelowPrefix(dependencies, prefix, pagesPerVersion);
    // Also where no file was removed: the key is stored before all files.
    await store.remove(settings.outputBucket, [encryptionKeyKey(prefix)]);
    if (removed > 0) log.info({ jobId, prefix, files: removed }, 'unpublished-version-removed');
  }
}
