import { dueAtOnce, encryptionKeyKey, type OutputRecord, versionPrefix } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import type { IsolateFailures } from '../isolate-failures.ts';
import { removeFilesBelowPrefix } from './remove-files-below-prefix.ts';
import { removeWork } from './remove-work.ts';

/** The limits of one sweep; the next one continues. */
const outputsPerSweep = 10;
const versionsPerOutput = 10;
/** Somebody waits for the removal of a deleted version. */
const pagesPerVersion = { replaced: 1, deleted: 10 };
const millisecondsPerDay = 86_400_000;

/** Removes the files of versions that were replaced longer ago than the retention time, and of deleted versions. */
export async function removeRetiredVersions(
  dependencies: InvokerDependencies,
  isolate: IsolateFailures,
): Promise<void> {
  const { ledger, clock, settings } = dependencies;
  const retention = settings.oldVersionRetentionDays * millisecondsPerDay;
  const before = new Date(Date.parse(clock()) - retention).toISOString();
  for (const output of await ledger.listOutputsWithRetiredVersions(before, outputsPerSweep)) {
    await isolate(output.sourceKey, () => removeVersions(dependencies, output, before));
  }
}

async function removeVersions(
  dependencies: InvokerDependencies,
  output: OutputRecord,
  before: string,
): Promise<void> {
  const { ledger, store, settings, log } = dependencies;
  if (!(await isPublicationComplete(dependencies, output))) return;
  const due = output.retired.filter(({ since }) => since < before).slice(0, versionsPerOutput);
  for (const version of due) {
    const prefix = versionPrefix(version.jobId, version.token);
    const isDeleted = version.since === dueAtOnce;
    const pages = isDeleted ? pagesPerVersion.deleted : pagesPerVersion.replaced;
    const { isGone } = await removeFilesBelowPrefix(dependencies, prefix, pages);
    if (!isGone) continue;
    await store.remove(settings.outputBucket, [encryptionKeyKey(prefix)]);
    if (isDeleted) await removeWork(dependencies, version.jobId, ['succeeded', 'cancelled']);
    await ledger.deleteRetiredVersionEntry(output.sourceKey, version);
    log.info({ jobId: version.jobId, prefix }, 'old-version-removed');
  }
}

/** Until the publication of the new version is complete, or the stable files of a deleted one are removed, they may name the old one. */
async function isPublicationComplete(
  { ledger }: InvokerDependencies,
  { published, deleted }: OutputRecord,
): Promise<boolean> {
  if (published === null) return deleted?.isUnpublished === true;
  const job = await ledger.readJob(published.jobId);
  // The record of a finished job expires.
  return job === null || job.status === 'succeeded';
}
