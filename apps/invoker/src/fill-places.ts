import { type JobRecord, lineEntryOf, waitsForPlace } from '@fyrestream/events';
import { grantPlace } from './grant-place.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { nextInLine } from './next-in-line.ts';
import { reconcileJob } from './reconcile-job.ts';

/** Jobs that ECS may refuse for lack of capacity: a smaller one may still fit, but hardly after several refusals. */
const maxRefusals = 3;
/** Launches per message; the next message continues. */
const maxLaunches = 10;

interface FillOptions {
  /** Jobs as they were read, of which the index may show an earlier version. */
  readonly known?: readonly JobRecord[];
  /** Whether to pass over jobs whose last launch AWS blocked, and to give up where several of them come first. */
  readonly skipsBlocked?: boolean;
}

/** Gives the free places to the jobs in line, in their order. */
export async function fillPlaces(
  dependencies: InvokerDependencies,
  { known = [], skipsBlocked = false }: FillOptions = {},
): Promise<void> {
  const { ledger, settings } = dependencies;
  const refused = new Set<string>();
  const isSkipped = (job: JobRecord) =>
    refused.has(job.jobId) || (skipsBlocked && job.launchBlockedSince !== undefined);
  for (let launches = 0; launches < maxLaunches && refused.size < maxRefusals; launches += 1) {
    const job = await grantPlace(
      dependencies,
      (turn, places) => nextInLine(dependencies, turn, places, isSkipped),
      { known },
    );
    if (job === null) return;
    const after = await reconcileJob(dependencies, job, { hasPlace: true, sendReminder: true });
    if (waitsForPlace(after)) refused.add(job.jobId);
    else await ledger.leaveLine(lineEntryOf(after, settings.priorities), after.version);
  }
}
