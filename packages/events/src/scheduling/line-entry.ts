import type { JobRecord } from '../job-record.ts';
import type { Priority, PriorityPrefixes } from './priority.ts';
import { priorityOf } from './priority.ts';
import { tenantOf } from './tenant.ts';

/** The partition of the ledger that holds the line. */
export const linePartition = 'line';

/** Where a job stands in line for a place: by priority, then tenant, then age. */
export interface LineEntry {
  readonly priority: Priority;
  readonly tenant: string;
  readonly createdAt: string;
  readonly jobId: string;
}

export function lineEntryOf(
  { jobId, upload, createdAt }: Pick<JobRecord, 'jobId' | 'upload' | 'createdAt'>,
  prefixes: PriorityPrefixes,
): LineEntry {
  return { priority: priorityOf(upload.key, prefixes), tenant: tenantOf(upload.key), createdAt, jobId };
}
