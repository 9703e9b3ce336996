import { type JobStatus, unitPrefix } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { removeFilesBelowPrefix } from './remove-files-below-prefix.ts';

/** The invoker has a time limit; what is left expires by the lifecycle rule of the bucket. */
const pagesPerClaim = 5;

/**
 * Removes what the units of a job stored, if it is over with one of these statuses. Tokens only grow: if the job is retried
 * meanwhile, its units store under other tokens than those that are removed.
 */
export async function removeWork(
  dependencies: InvokerDependencies,
  jobId: string,
  statuses: readonly JobStatus[],
): Promise<void> {
  const { ledger, log } = dependencies;
  const units = await ledger.listUnits(jobId);
  const job = await ledger.readJob(jobId);
  if (job === null || !statuses.includes(job.status)) return;
  let files = 0;
  for (const { unitId, token: newestToken } of units) {
    for (let token = 1; token <= newestToken; token += 1) {
      const prefix = unitPrefix({ jobId, unitId, token });
      files += (await removeFilesBelowPrefix(dependencies, prefix, pagesPerClaim)).removed;
    }
  }
  if (files > 0) log.info({ jobId, files }, 'work-removed');
}
