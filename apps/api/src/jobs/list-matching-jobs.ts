import { type JobRecord, type JobStatus, profileNameOf, tenantOf } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';

export interface JobFilter {
  readonly statuses: readonly JobStatus[];
  readonly tenant?: string | undefined;
  /** Name of a profile. */
  readonly profile?: string | undefined;
  /** A part of the key, in any case. */
  readonly search?: string | undefined;
  readonly changedFrom?: string | undefined;
  readonly changedUntil?: string | undefined;
}

export interface JobList {
  readonly jobs: JobRecord[];
  /** Null after the last page. */
  readonly cursor: string | null;
}

/** A search that finds little ends a page after so many reads of the ledger. */
const maxReadsPerPage = 20;

/** One page of the jobs that match, the last changed first. It may have fewer than `limit`, also none, and not be the last. */
export async function listMatchingJobs(
  ledger: Pick<Stack['ledger'], 'listJobs'>,
  { statuses, tenant, profile, search, changedFrom, changedUntil }: JobFilter,
  { limit, cursor = null }: { limit: number; cursor?: string | null | undefined },
): Promise<JobList> {
  const wanted = search?.toLowerCase();
  const matches = ({ upload: { key }, making }: JobRecord) =>
    (tenant === undefined || tenantOf(key) === tenant) &&
    (profile === undefined || profileNameOf({ making }) === profile) &&
    (wanted === undefined || key.toLowerCase().includes(wanted));
  const jobs: JobRecord[] = [];
  let next = cursor;
  let reads = 0;
  do {
    const page = await ledger.listJobs(statuses, {
      limit: limit - jobs.length,
      cursor: next,
      changedFrom,
      changedUntil,
    });
    reads += 1;
    jobs.push(...page.jobs.filter(matches));
    next = page.cursor;
  } while (next !== null && jobs.length < limit && reads < maxReadsPerPage);
  return { jobs, cursor: next };
}
