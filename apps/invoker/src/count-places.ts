import { additionalLaunches } from '@fyrestream/events';
import type { InvokerDependencies } from './invoker-dependencies.ts';

export interface Places {
  /** Launches that are planned, sent or running, of leading and additional workers. */
  readonly taken: number;
  /** Queued jobs without a launch: each needs a place now or soon. */
  readonly awaited: number;
}

/** Counts the places that the tasks of all jobs take, of the `maxConcurrentTasks` of the stack. */
export async function countPlaces({ ledger }: Pick<InvokerDependencies, 'ledger'>): Promise<Places> {
  let taken = 0;
  let awaited = 0;
  for (const status of ['running', 'queued'] as const) {
    let cursor: string | null = null;
    do {
      const page = await ledger.listJobs(status, { cursor });
      for (const job of page.jobs) {
        taken += additionalLaunches(job).length + (job.launch === null ? 0 : 1);
        if (status === 'queued' && job.launch === null) awaited += 1;
      }
      cursor = page.cursor;
    } while (cursor !== null);
  }
  return { taken, awaited };
}
