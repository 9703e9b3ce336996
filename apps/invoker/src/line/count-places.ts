import { additionalLaunches, type Grant, type JobRecord, launchesOf, tenantOf } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';

export interface Places {
  /** Launches that are planned, sent or running, of leading and additional workers. */
  readonly taken: number;
  readonly takenByTenant: ReadonlyMap<string, number>;
  /** Places that were given to a launch that the index does not show yet. */
  readonly openGrants: readonly Grant[];
}

/** An invoker that was given a place for its job uses it within its longest life; the rest is for clocks that differ. */
const maxGrantSeconds = 300;

/**
 * Counts the places that the tasks of all jobs take, of the `maxConcurrentTasks` of the stack. The index shows only jobs that
 * are under way, so this costs the same however many wait; it may be late, so the last grants are looked up.
 * @param known jobs as they were read, of which the index may show an earlier version
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
  for (const job of known) if (job.version > (jobs.get(job.jobId)?.version ?? 0)) jobs.set(job.jobId, job);
  const now = Date.parse(clock());
  const missing = grants.filter((grant) => !isUsed(grant, jobs.get(grant.jobId)));
  const readJobs = await Promise.all(
    [...new Set(missing.map(({ jobId }) => jobId))].map((jobId) => ledger.readJob(jobId)),
  );
  for (const job of readJobs) if (job !== null) jobs.set(job.jobId, job);
  const isFresh = ({ at }: Grant) => now - Date.parse(at) < maxGrantSeconds * 1_000;
  const pending = missing.filter((grant) => isFresh(grant) && mayBeUsed(grant, jobs.get(grant.jobId)));
  const openGrants = missing.filter(
    (grant) => pending.includes(grant) || isUsed(grant, jobs.get(grant.jobId)),
  );
  const takenByTenant = new Map<string, number>();
  const add = (tenant: string, places: number) =>
    takenByTenant.set(tenant, (takenByTenant.get(tenant) ?? 0) + places);
  for (const job of jobs.values()) add(tenantOf(job.upload.key), launchesOf(job).length);
  for (const { tenant } of pending) add(tenant, 1);
  const taken = [...takenByTenant.values()].reduce((sum, places) => sum + places, 0);
  return { taken, takenByTenant, openGrants };
}

function isUsed({ attempt, slot }: Grant, job: JobRecord | undefined): boolean {
  if (job === undefined) return false;
  if (slot === 0) return job.launch?.attempt === attempt;
  return additionalLaunches(job).some((launch) => launch.slot === slot);
}

/** Whether the ledger still accepts the launch. */
function mayBeUsed({ attempt, slot }: Grant, job: JobRecord | undefined): boolean {
  if (slot === 0) return job?.status === 'queued' && job.attempt === attempt - 1;
  return job?.status === 'running' && job.additional?.lastSlot === slot - 1;
}
