import { type OutputRecord, versionPrefix } from '@fyrestream/events';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import type { IsolateFailures } from './isolate-failures.ts';
import { removeFilesBelowPrefix } from './remove-files-below-prefix.ts';

/** The limits of one sweep; the next one continues. */
const outputsPerSweep = 10;
const versionsPerOutput = 10;
const pagesPerVersion = 1;
const millisecondsPerDay = 86_400_000;

/** Removes the files of versions that were replaced longer ago than the retention time. */
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
  const { ledger, log } = dependencies;
  if (!(await isPublicationComplete(dependencies, output))) return;
  const due = output.retired.filter(({ since }) => since < before).slice(0, versionsPerOutput);
  for (const version of due) {
    const prefix = versionPrefix(version.jobId, version.token);
    const { isGone } = await removeFilesBelowPrefix(dependencies, prefix, pagesPerVersion);
    if (!isGone) continue;
    await ledger.deleteRetiredVersionEntry(output.sourceKey, version);
    log.info({ jobId: version.jobId, prefix }, 'old-version-removed');
  }
}

/** Until the publication of the new version is complete, a stable file may still name the old one. */
async function isPublicationComplete(
  { ledger }: InvokerDependencies,
  { published }: OutputRecord,
): Promise<boolean> {
  if (published === null) return false;
  const job = await ledger.readJob(published.jobId);
  // The record of a finished job expires.
  return job === null || job.status === 'succeeded';
}
