import type { LineRange, StoredLineEntry } from '@fyrestream/cloud';
import {
  isSamePlace,
  type JobRecord,
  lineEntryOf,
  type Priority,
  priorityOrder,
  type TurnRecord,
  waitsForPlace,
} from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import type { Places } from './count-places.ts';
import { refusedCpuUnits } from './refused-cpu-units.ts';

/** How many waiting jobs one choice reads at most: tenants with work under way. */
const maxJobsRead = 25;
/** How many entries without a waiting job it removes at most, as after many cancellations. */
const maxEntriesRemoved = 250;
/** Jobs of a priority that AWS refused before and that it may refuse again, before the other jobs have their turn. */
const maxRefusedFirst = 2;

export interface Refusals {
  /** The jobs that AWS has refused to launch since this call began, as they were before. */
  readonly jobs: readonly JobRecord[];
  /** Whether those are passed over that it refused before, and those that are as large. */
  readonly skipsEarlier: boolean;
}

/**
 * The job that gets the next place: of the highest priority that waits, or of one that was passed over too often. There first one that AWS
 * refused before, as long as it does not refuse several again; then one of the tenant with the least work under way by weight, and of
 * equal ones the next after the one that was served last; the oldest. A tenant without work under way is never behind one with some, so as
 * a rule one or two entries are read.
 */
export async function nextInLine(
  dependencies: InvokerDependencies,
  turn: TurnRecord,
  places: Places,
  refusals: Refusals,
): Promise<JobRecord | null> {
  for (const priority of priorityOrder(turn)) {
    const job =
      (await nextRefused(dependencies, priority, refusals)) ??
      (await nextOfTenants(dependencies, priority, turn.served[priority], places, refusals));
    if (job !== null) return job;
  }
  return null;
}

async function nextRefused(
  dependencies: InvokerDependencies,
  priority: Priority,
  { jobs, skipsEarlier }: Refusals,
): Promise<JobRecord | null> {
  const { ledger, settings } = dependencies;
  const again = jobs.filter(
    (job) => job.refusedAt !== undefined && lineEntryOf(job, settings.priorities).priority === priority,
  );
  if (skipsEarlier || again.length >= maxRefusedFirst) return null;
  for (let removed = 0; removed < maxEntriesRemoved; removed += 1) {
    const [entry] = await ledger.listLine({ priority, isRefused: true });
    // The one that was refused last is at the end.
    if (entry === undefined || jobs.some(({ jobId }) => jobId === entry.jobId)) return null;
    const job = await readWaiting(dependencies, entry);
    if (job !== null) return job;
  }
  return null;
}

async function nextOfTenants(
  dependencies: InvokerDependencies,
  priority: Priority,
  lastServed: string,
  { takenByTenant }: Places,
  { skipsEarlier }: Refusals,
): Promise<JobRecord | null> {
  const { ledger, settings } = dependencies;
  const shareOf = (tenant: string) => (takenByTenant.get(tenant) ?? 0) / (settings.shares[tenant] ?? 1);
  const tooManyCpuUnits = skipsEarlier
    ? await refusedCpuUnits(dependencies, priority)
    : Number.POSITIVE_INFINITY;
  const seen = new Set<string>();
  let best: { job: JobRecord; share: number } | null = null;
  let range: LineRange = { priority, afterTenant: lastServed };
  let hasWrapped = false;
  let removed = 0;
  for (let read = 0; read < maxJobsRead && removed < maxEntriesRemoved; ) {
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
      removed += 1;
      range = { priority, afterEntry: entry };
      continue;
    }
    read += 1;
    seen.add(tenant);
    range = { priority, afterTenant: tenant };
    if (job.size.cpuUnits >= tooManyCpuUnits) continue;
    const share = shareOf(tenant);
    if (share === 0) return job;
    if (best === null || share < best.share) best = { job, share };
  }
  return best?.job ?? null;
}

/** @returns null if the job does not wait at this place in line; then the entry is removed */
async function readWaiting(
  { ledger, settings, log }: InvokerDependencies,
  entry: StoredLineEntry,
): Promise<JobRecord | null> {
  const { jobId } = entry;
  const job = await ledger.readJob(jobId);
  const isInPlace = job !== null && isSamePlace(lineEntryOf(job, settings.priorities), entry);
  if (isInPlace && waitsForPlace(job)) return job;
  // The record does not say yet that the job waits: its invoker is about to write that, or was stopped before.
  if (job !== null && job.status === 'queued' && job.version < entry.version) return null;
  await ledger.leaveLine(entry, job?.version ?? entry.version);
  log.debug({ jobId, status: job?.status }, 'line-left');
  return null;
}
