import type { StoredLineEntry } from '@fyrestream/cloud';
import {
  type JobRecord,
  type Priority,
  priorityOrder,
  type TurnRecord,
  waitsForPlace,
} from '@fyrestream/events';
import type { Places } from './count-places.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';

/** How many entries one choice reads at most: tenants with work under way, entries without a waiting job. */
const maxEntriesRead = 25;
/** Jobs of one tenant that are passed over: where ECS has refused several, it hardly launches the next. */
const maxSkipped = 3;

/**
 * The job that gets the next place: of the highest priority that waits, or of one that was passed over too often; of the
 * tenant with the least work under way by weight, and of equal ones the next after the one that was served last; the oldest.
 * A tenant without work under way is never behind one with some, so as a rule one or two entries are read.
 * @param isSkipped whether a job is not to be launched now, as ECS has just refused it for lack of capacity
 */
export async function nextInLine(
  dependencies: InvokerDependencies,
  turn: TurnRecord,
  places: Places,
  isSkipped: (job: JobRecord) => boolean,
): Promise<JobRecord | null> {
  for (const priority of priorityOrder(turn)) {
    const job = await nextOfPriority(dependencies, priority, turn.served[priority], places, isSkipped);
    if (job !== null) return job;
  }
  return null;
}

async function nextOfPriority(
  dependencies: InvokerDependencies,
  priority: Priority,
  lastServed: string,
  { takenByTenant }: Places,
  isSkipped: (job: JobRecord) => boolean,
): Promise<JobRecord | null> {
  const { ledger, settings } = dependencies;
  const shareOf = (tenant: string) => (takenByTenant.get(tenant) ?? 0) / (settings.shares[tenant] ?? 1);
  const seen = new Set<string>();
  let best: { job: JobRecord; share: number } | null = null;
  let range: Parameters<typeof ledger.listLine>[0] = { priority, afterTenant: lastServed };
  let hasWrapped = false;
  const skippedByTenant = new Map<string, number>();
  for (let read = 0; read < maxEntriesRead; read += 1) {
    const [entry] = await ledger.listLine(range);
    if (entry === undefined && hasWrapped) break;
    if (entry === undefined) {
      hasWrapped = true;
      range = { priority };
      continue;
    }
    const { tenant } = entry;
    if (seen.has(tenant)) break;
    const job = await readWaiting(dependencies, entry);
    if (job === null) {
      range = { priority, afterEntry: entry };
      continue;
    }
    if (isSkipped(job)) {
      const skipped = (skippedByTenant.get(tenant) ?? 0) + 1;
      skippedByTenant.set(tenant, skipped);
      if (skipped === maxSkipped) seen.add(tenant);
      range = skipped === maxSkipped ? { priority, afterTenant: tenant } : { priority, afterEntry: entry };
      continue;
    }
    const share = shareOf(tenant);
    if (share === 0) return job;
    if (best === null || share < best.share) best = { job, share };
    seen.add(tenant);
    range = { priority, afterTenant: tenant };
  }
  return best?.job ?? null;
}

/** @returns null if the job does not wait in line; then its entry is removed */
async function readWaiting(
  { ledger, log }: InvokerDependencies,
  entry: StoredLineEntry,
): Promise<JobRecord | null> {
  const { jobId } = entry;
  const job = await ledger.readJob(jobId);
  if (job !== null && waitsForPlace(job)) return job;
  // The record does not say yet that the job waits: its invoker is about to write that, or was stopped before.
  if (job !== null && job.status === 'queued' && job.version < entry.version) return null;
  await ledger.leaveLine(entry, job?.version ?? entry.version);
  log.debug({ jobId, status: job?.status }, 'line-left');
  return null;
}
