import { assemblyUnitId, isTerminal, versionPrefix } from '@fyrestream/events';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { removeVersionFiles } from './remove-version-files.ts';

/** A version of a film of many hours has as many files; the invoker's time is short. */
const pagesPerVersion = 20;

/**
 * Removes the files of versions that a job made and never published: their assembly failed, lost its claim or was cancelled.
 * Tokens only grow: what has one that was given before the job was seen to be over is nobody's work any more, also where
 * the job is tried again meanwhile.
 */
export async function removeAbandonedVersions(
  dependencies: InvokerDependencies,
  jobId: string,
): Promise<void> {
  const { ledger, log } = dependencies;
  const units = await ledger.listUnits(jobId);
  const job = await ledger.readJob(jobId);
  if (job === null || !isTerminal(job)) return;
  const newest = units.find((unit) => unit.unitId === assemblyUnitId)?.token ?? 0;
  for (let token = 1; token <= newest; token += 1) {
    if (token === job.publication?.token) continue;
    const prefix = versionPrefix(job.upload.key, jobId, token);
    const { removed } = await removeVersionFiles(dependencies, prefix, pagesPerVersion);
    if (removed > 0) log.info({ jobId, prefix, files: removed }, 'abandoned-version-removed');
  }
}
