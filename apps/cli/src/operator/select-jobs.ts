import type { JobRecord, JobStatus } from '@fyrestream/events';
import { type JobSelection, listSelectedJobs, type Stack } from '@fyrestream/operations';
import { UsageError } from '../usage-error.ts';

/** Which jobs a command changes, where none was named. */
export interface SelectionOptions extends JobSelection {
  readonly all?: true;
  /** Whether the user agreed to change every selected job. */
  readonly yes?: true;
}

export function isSelection({ status, prefix, all }: SelectionOptions): boolean {
  return status !== undefined || prefix !== undefined || all === true;
}

/**
 * The jobs that the options of a command select, of those that the command can change.
 * @param changeable the statuses that the command accepts
 * @throws UsageError `status-refused` if the command changes no job of that status; `not-confirmed` without `--yes`
 */
export async function selectJobs(
  ledger: Pick<Stack['ledger'], 'listJobs'>,
  { status, prefix, yes }: SelectionOptions,
  changeable: readonly JobStatus[],
): Promise<JobRecord[]> {
  if (status !== undefined && !changeable.includes(status)) {
    throw new UsageError(
      'status-refused',
      `This command changes jobs that are ${changeable.join(' or ')}, not ${status}.`,
    );
  }
  const jobs = await listSelectedJobs(ledger, { status, prefix }, changeable);
  if (jobs.length > 0 && yes !== true) {
    throw new UsageError('not-confirmed', `This would change ${listOf(jobs)}: add --yes to do it.`);
  }
  return jobs;
}

const shownNames = 3;

function listOf(jobs: readonly JobRecord[]): string {
  const names = jobs.slice(0, shownNames).map(({ upload: { key } }) => key);
  const rest = jobs.length > shownNames ? ', …' : '';
  return `${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'} (${names.join(', ')}${rest})`;
}
