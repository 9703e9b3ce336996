import { type Grant, type JobRecord, launchesOf, tenantOf } from '@fyrestream/events';
import type { InvokerDependencies } from './invoker-dependencies.ts';

export interface Places {
  /** Launches that are planned, sent or running, of leading and additional workers. */
  readonly taken: number;
  readonly takenByTenant: ReadonlyMap<string, number>;
  /** Places that were given to a job whose launch the index does not show yet. */
  readonly openGrants: readonly Grant[];
}

/** An invoker that was given a place for its job uses it within its longest life; the rest is for clocks that differ. */
const maxGrantSeconds = 300;

/**
 * Counts the places that the tasks of all jobs take, of the `maxConcurrentTasks` of the stack. The index shows only jobs that
 * are under way, so this costs the same however many wait; it may be late, so the last grants are looked up.
 * @param known jobs as they are, which the index may show as they were
 */
export async function countPlaces(
  { ledger, clock }: Pick<InvokerDependencies, 'ledger' | 'clock'>,
  grants: readonly Grant[],
  known: readonly JobRecord[] = [],
): Promise<Places> {
  // One after the other: a job whose worker starts in between is in both lists, not in none.
  const starting = await ledger.listWholePhase('starting');
  const running = await ledger.listWholePhase('running');
  const jobs = new Map([...starting, ...running].map((job) => [job.jobId, job]));
  for (const job of known) jobs.set(job.jobId, job);
  const now = Date.parse(clock());
  const missing = grants.filter(({ jobId }) => placesOf(jobs.get(jobId)) === 0);
  const openGrants: Grant[] = [];
  await Promise.all(
    missing.map(async (grant) => {
      const job = await ledger.readJob(grant.jobId);
      if (job === null) return;
      jobs.set(job.jobId, job);
      const isUsed = placesOf(job) > 0;
      const isFresh = now - Date.parse(grant.at) < maxGrantSeconds * 1_000;
      const isPending = job.status === 'queued' && job.attempt === grant.attempt && isFresh;
      if (isUsed || isPending) openGrants.push(grant);
    }),
  );
  const takenByTenant = new Map<string, number>();
  const add = (tenant: string, places: number) =>
    takenByTenant.set(tenant, (takenByTenant.get(tenant) ?? 0) + places);
  for (const job of jobs.values()) add(tenantOf(job.upload.key), placesOf(job));
  for (const { jobId, tenant } of openGrants) if (placesOf(jobs.get(jobId)) === 0) add(tenant, 1);
  const taken = [...takenByTenant.values()].reduce((sum, places) => sum + places, 0);
  return { taken, takenByTenant, openGrants };
}

function placesOf(job: JobRecord | undefined): number {
  return job === undefined ? 0 : launchesOf(job).length;
}
