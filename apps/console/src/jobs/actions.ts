import type { Action, JobStatus } from '../api/views.ts';
import { formatCount } from '../format/quantities.ts';

export const actions = ['retry', 'cancel', 'hold', 'release'] as const satisfies readonly Action[];

export const actionNames: Record<Action, string> = {
  retry: 'Retry',
  cancel: 'Cancel',
  hold: 'Hold',
  release: 'Release',
};

const pastNames: Record<Action, string> = {
  retry: 'queued again',
  cancel: 'cancelled',
  hold: 'held',
  release: 'released',
};

const acceptingStatuses: Record<Action, readonly JobStatus[]> = {
  retry: ['failed', 'cancelled'],
  cancel: ['queued', 'running', 'held'],
  hold: ['queued'],
  release: ['held'],
};

/** Whether at least one of the jobs can be changed; the API decides for each. */
export function isOffered(action: Action, jobs: readonly { readonly status: JobStatus }[]): boolean {
  return jobs.some(({ status }) => acceptingStatuses[action].includes(status));
}

interface Results {
  /** The status is null where a job was not changed. */
  readonly results: readonly {
    readonly status: JobStatus | null;
    readonly problem: { readonly detail: string } | null;
  }[];
  readonly isComplete: boolean;
}

/** What a bulk action did: `2 jobs queued again. 1 job was not changed: …` */
export function describeResults(action: Action, { results, isComplete }: Results): string {
  const changed = results.filter(({ status }) => status !== null).length;
  const refused = results.length - changed;
  const why = results.find(({ status }) => status === null)?.problem?.detail ?? '';
  return [
    `${formatCount(changed, 'job')} ${pastNames[action]}.`,
    ...(refused === 0 ? [] : [`${formatCount(refused, 'job')} not changed: ${why}`]),
    ...(isComplete ? [] : ['There are more: do it again.']),
  ].join(' ');
}
