import { removeStableFiles } from '@fyrestream/cloud';
import { type DeletedSource, isActive, type OutputRecord, unpublishableKeyReason } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import type { IsolateFailures } from '../isolate-failures.ts';

/** The limits of one sweep; the next one continues. Some entries may have to wait for jobs of their uploads. */
const sourcesPerSweep = 100;
const deletionsPerSweep = 10;
const millisecondsPerDay = 86_400_000;

/**
 * Records that an upload was deleted, for `deleteWithSource`; does nothing where a stack keeps what is published.
 * @see docs/decisions/0062-the-sweep-deletes-after-the-source.md
 */
export async function recordDeletedSource(
  { ledger, settings }: InvokerDependencies,
  { bucket, key, deletedAt }: DeletedSource,
): Promise<void> {
  if (settings.deleteAfterSourceDays === null || bucket !== settings.sourceBucket) return;
  await ledger.recordDeletedSource({ sourceKey: key, deletedAt });
}

/** Deletes what was published from uploads that were deleted the set number of days ago and are still missing. */
export async function deleteWithSource(
  dependencies: InvokerDependencies,
  isolate: IsolateFailures,
): Promise<void> {
  const { ledger, store, clock, settings } = dependencies;
  const { deleteAfterSourceDays, sourceBucket } = settings;
  if (deleteAfterSourceDays === null) return;
  const before = new Date(Date.parse(clock()) - deleteAfterSourceDays * millisecondsPerDay).toISOString();
  let deletions = 0;
  for (const entry of await ledger.listDeletedSources(before, sourcesPerSweep)) {
    if (deletions === deletionsPerSweep) return;
    const { sourceKey } = entry;
    await isolate(sourceKey, async () => {
      // Nothing was published, and S3 refuses the names of its stable files.
      if (unpublishableKeyReason(sourceKey) !== null) return ledger.forgetDeletedSource(entry);
      // The record first: an upload that arrives after it is newer than all that is deleted.
      const output = await ledger.readOutput(sourceKey);
      const isBack = (await store.head({ bucket: sourceBucket, key: sourceKey })) !== null;
      if (!isBack && output !== null) {
        if (!(await deletePublished(dependencies, output))) return;
        deletions += 1;
      }
      await ledger.forgetDeletedSource(entry);
    });
  }
}

/**
 * The deletion of `fyrestream delete`, without a wait: the sweep removes the files of the versions afterwards.
 * @returns false if a job of the key is active or a newer version was published meanwhile; the next sweep tries again
 */
async function deletePublished(
  { ledger, store, settings, log }: InvokerDependencies,
  { sourceKey, latest, published, supersededJobIds }: OutputRecord,
): Promise<boolean> {
  const jobIds = new Set([
    latest.jobId,
    ...supersededJobIds,
    ...(published === null ? [] : [published.jobId]),
  ]);
  for (const jobId of jobIds) {
    const job = await ledger.readJob(jobId);
    // The record of a finished job expires. One that is held finds no source when it is released.
    if (job !== null && isActive(job)) return false;
  }
  const deletion = { sourceKey, version: latest, includesOlder: true };
  const after = await ledger.recordDeletion(deletion, jobIds);
  if (after.published !== null) return false;
  if (!(await removeStableFiles({ ledger, store }, settings.outputBucket, sourceKey))) return false;
  await ledger.recordUnpublished(deletion);
  log.info({ jobId: latest.jobId, sourceKey }, 'deleted-with-source');
  return true;
}
