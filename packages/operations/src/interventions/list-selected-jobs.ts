import { type JobRecord, type JobStatus, uploadKey } from '@fyrestream/events';
import { lastChangedJobs } from '../jobs/last-changed-jobs.ts';
import type { Stack } from '../stack/stack.ts';

/** Which jobs to change; without a status, all that can be changed. */
export interface JobSelection {
  readonly status?: JobStatus | undefined;
  /** A folder below `videos/`, or the beginning of names in it. */
  readonly prefix?: string | undefined;
}

/** The selected jobs, last changed first. @param changeable the statuses in which jobs can be changed */
export async function listSelectedJobs(
  ledger: Pick<Stack['ledger'], 'listJobs'>,
  { status, prefix = '' }: JobSelection,
  changeable: readonly JobStatus[],
): Promise<JobRecord[]> {
  const statuses = changeable.filter((one) => status === undefined || one === status);
  const start = keyStart(prefix);
  return lastChangedJobs(ledger, statuses, Number.MAX_SAFE_INTEGER, ({ upload }) =>
    upload.key.startsWith(start),
  );
}

function keyStart(prefix: string): string {
  const root = uploadKey('');
  return prefix.startsWith(root) ? prefix : `${root}${prefix.replace(/^\/+/, '')}`;
}
