import type { JobRecord } from '../job-record.ts';
import type { Priority, PriorityPrefixes } from './priority.ts';
import { priorityOf } from './priority.ts';
import { tenantOf } from './tenant.ts';

/** The partition of the ledger that holds the line. */
export const linePartition = 'line';

/**
 * Where a job stands in line for a place: by priority; there first those that AWS refused to launch, by the time of the refusal, then the
 * others by tenant and age.
 */
export interface LineEntry {
  readonly priority: Priority;
  readonly tenant: string;
  /** Whether AWS has refused to launch it. */
  readonly isRefused: boolean;
  /** ISO 8601: when its upload was received, or when AWS last refused to launch it. */
  readonly since: string;
  readonly jobId: string;
}

export function lineEntryOf(
  {
    jobId,
    upload,
    createdAt,
    refusedAt,
    making,
  }: Pick<JobRecord, 'jobId' | 'upload' | 'createdAt' | 'refusedAt' | 'making'>,
  prefixes: PriorityPrefixes,
): LineEntry {
  return {
    priority: making?.priority ?? priorityOf(upload.key, prefixes),
    tenant: tenantOf(upload.key),
    isRefused: refusedAt !== undefined,
    since: refusedAt ?? createdAt,
    jobId,
  };
}

/** Whether two entries of one job are the same. Its priority may differ: a change of the setting moves no job that waits. */
export function isSamePlace(one: LineEntry, other: LineEntry): boolean {
  return one.isRefused === other.isRefused && one.since === other.since;
}
