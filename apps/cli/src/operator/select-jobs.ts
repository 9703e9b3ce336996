import { type JobRecord, type JobStatus, uploadKey } from '@fyrestream/events';
import { lastChangedJobs } from '../ledger/last-changed-jobs.ts';
import type { Stack } from '../stack/stack.ts';
import { UsageError } from '../usage-error.ts';

/** Which jobs a command changes, where none was named. */
export interface JobSelection {
  readonly status?: JobStatus;
  /** A folder below `videos/`, or the beginning of names in it. */
  readonly prefix?: string;
  readonly all?: true;
  /** Whether the user agreed to change every selected job. */
  readonly yes?: true;
}

export function isSelection({ status, prefix, all }: JobSelection): boolean {
  return status !== undefined || prefix !== undefined || all === true;
}

/**
 * The jobs that the options of a command select, of those that the command can change.
 * @param changeable the statuses that the command accepts
 * @throws UsageError `status-refused` if the command changes no job of that status; `not-confirmed` without `--yes`
 */
export async function selectJobs(
  ledger: Pick<Stack['ledger'], 'listJobs'>,
  { status, prefix, yes }: JobSelection,
  changeable: readonly JobStatus[],
): Promise<JobRecord[]> {
  if (status !== undefined && !changeable.includes(status)) {
    throw new UsageError(
      'status-refused',
      `This command changes jobs that are ${changeable.join(' or ')}, not ${status}.`,
    );
  }
  const found = await lastChangedJobs(ledger, status ? [status] : changeable, Number.MAX_SAFE_INTEGER);
  const start = prefix === undefined ? '' : keyStart(prefix);
  const jobs = found.filter(({ upload: { key } }) => key.startsWith(start));
  if (jobs.length > 0 && yes !== true) {
    throw new UsageError('not-confirmed', `This would change ${listOf(jobs)}: add --yes to do it.`);
  }
  return jobs;
}

function keyStart(prefix: string): string {
  const root = uploadKey('');
  return prefix.startsWith(root) ? prefix : `${root}${prefix.replace(/^\/+/, '')}`;
}

const shownNames = 3;

function listOf(jobs: readonly JobRecord[]): string {
  const names = jobs.slice(0, shownNames).map(({ upload: { key } }) => key);
  const rest = jobs.length > shownNames ? ', …' : '';
  return `${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'} (${names.join(', ')}${rest})`;
}
