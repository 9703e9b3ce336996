import { type OutputRecord, versionPrefix } from '@fyrestream/events';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { removeVersionFiles } from './remove-version-files.ts';

/** What one sweep removes at most; the next one goes on. */
const outputsPerSweep = 10;
const versionsPerOutput = 10;
const pagesPerVersion = 1;
const millisecondsPerDay = 86_400_000;

/** Removes the files of versions that gave way so long ago that nobody watches them any more. */
export async function removeRetiredVersions(
  dependencies: InvokerDependencies,
  each: (about: string, work: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const { ledger, clock, settings } = dependencies;
  const retention = settings.oldVersionRetentionDays * millisecondsPerDay;
  const before = new Date(Date.parse(clock()) - retention).toISOString();
  for (const output of await ledger.listRetired(before, outputsPerSweep)) {
    await each(output.sourceKey, () => removeVersions(dependencies, output, before));
  }
}

async function removeVersions(
  dependencies: InvokerDependencies,
  output: OutputRecord,
  before: string,
): Promise<void> {
  const { ledger, log } = dependencies;
  if (!(await isInPlace(dependencies, output))) return;
  const due = output.retired.filter(({ since }) => since < before).slice(0, versionsPerOutput);
  for (const version of due) {
    const prefix = versionPrefix(output.sourceKey, version.jobId, version.token);
    const { isGone } = await removeVersionFiles(dependencies, prefix, pagesPerVersion);
    if (!isGone) continue;
    await ledger.deleteRetired(output.sourceKey, version);
    log.info({ jobId: version.jobId, prefix }, 'old-version-removed');
  }
}

/** Until the version that took the place is through, some stable file may still name the one before. */
async function isInPlace({ ledger }: InvokerDependencies, { published }: OutputRecord): Promise<boolean> {
  if (published === null) return false;
  const job = await ledger.readJob(published.jobId);
  // A record that has expired was over long before.
  return job === null || job.status === 'succeeded';
}
