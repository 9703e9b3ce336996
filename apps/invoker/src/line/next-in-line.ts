import type { LineRange, StoredLineEntry } from '@fyrestream/cloud';
import {
  isSamePlace,
  type JobRecord,
  lineEntryOf,
  type Priority,
  priorityOrder,
  type TurnRecord,
  tenantOf,
  waitsForPlace,
} from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import type { Places } from './count-places.ts';

/** How many entries one choice reads at most: tenants with work under way, entries without a waiting job. */
const maxEntriesRead = 25;
/** Refused jobs of one tenant that are tried or passed over before its other jobs have their turn. */
const maxRefusedFirst = 2;

export interface Refusals {
  /** The jobs that AWS has refused to launch since this call began. */
  readonly jobs: readonly JobRecord[];
  /** Whether also those are passed over that it refused before. */
  readonly skipsEarlier: boolean;
}

/**
 * The job that gets the next place: of the highest priority that waits, or of one that was passed over too often; of the
 * tenant with the least work under way by weight, and of equal ones the next after the one that was served last; the oldest.
 * A tenant without work under way is never behind one with some, so as a rule one or two entries are read.
 */
export async function nextInLine(
  dependencies: InvokerDependencies,
  turn: TurnRecord,
  places: Places,
  refusals: Refusals,
): Promise<JobRecord | null> {
  for (const priority of priorityOrder(turn)) {
    const job = await nextOfPriority(dependencies, priority, turn.served[priority], places, refusals);
    if (job !== null) return job;
  }
  return null;
}

async function nextOfPriority(
  dependencies: InvokerDependencies,
  priority: Priority,
  lastServed: string,
  { takenByTenant }: Places,
  refusals: Refusals,
): Promise<JobRecord | null> {
  const { ledger, settings } = dependencies;
  const shareOf = (tenant: string) => (takenByTenant.get(tenant) ?? 0) / (settings.shares[tenant] ?? 1);
  const seen = new Set<string>();
  const passedOver = [...refusals.jobs];
  const passedOverOf = (tenant: string) => passedOver.filter(({ upload }) => tenantOf(upload.key) === tenant);
  let best: { job: JobRecord; share: number } | null = null;
  let range: LineRange = { priority, afterTenant: lastServed };
  let hasWrapped = false;
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
    if (entry.isRefused && passedOverOf(tenant).length >= maxRefusedFirst) {
      range = { priority, afterRefusedOf: tenant };
      continue;
    }
    const job = await readWaiting(dependencies, entry);
    if (job === null) {
      range = { priority, afterEntry: entry };
      continue;
    }
    if (isPassedOver(job, refusals)) {
      if (!refusals.jobs.some(({ jobId }) => jobId === job.jobId)) passedOver.push(job);
      range = { priority, afterEntry: entry };
      continue;
    }
    seen.add(tenant);
    range = { priority, afterTenant: tenant };
    if (refusals.skipsEarlier && isAsLargeAsRefused(job, passedOverOf(tenant))) continue;
    const share = shareOf(tenant);
    if (share === 0) return job;
    if (best === null || share < best.share) best = { job, share };
  }
  return best?.job ?? null;
}

function isPassedOver(job: JobRecord, { jobs, skipsEarlier }: Refusals): boolean {
  return (
    jobs.some(({ jobId }) => jobId === job.jobId) || (skipsEarlier && job.launchBlockedSince !== undefined)
  );
}

/** Whether AWS hardly launches a job, as it refused several that are not larger. Its quotas count vCPUs. */
function isAsLargeAsRefused({ size }: JobRecord, refused: readonly JobRecord[]): boolean {
  const smallest = Math.min(...refused.map((job) => job.size.cpuUnits));
  return refused.length >= maxRefusedFirst && size.cpuUnits >= smallest;
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
