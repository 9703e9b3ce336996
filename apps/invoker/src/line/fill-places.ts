import { isSamePlace, type JobRecord, lineEntryOf, waitsForPlace } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { reconcileJob } from '../reconcile-job.ts';
import { grantPlace } from './grant-place.ts';
import { nextInLine } from './next-in-line.ts';

/** Launches per message, also refused ones; a further message continues where more places are free. */
const maxLaunches = 10;
/** Refused launches of a message that reports no free capacity. */
const maxRefusals = 3;

interface FillOptions {
  /** Jobs as they were read, of which the index may show an earlier version. */
  readonly known?: readonly JobRecord[];
  /** Whether to pass over jobs that AWS refused before, and those of their priority that are as large where it refused several. */
  readonly skipsBlocked?: boolean;
  /** Whether a few refusals end the call, as nothing says that there is free capacity now. */
  readonly triesFew?: boolean;
}

/** Gives the free places to the jobs in line, in their order. */
export async function fillPlaces(
  dependencies: InvokerDependencies,
  { known = [], skipsBlocked = false, triesFew = skipsBlocked }: FillOptions = {},
): Promise<void> {
  const { ledger, sender, settings } = dependencies;
  const refused: JobRecord[] = [];
  const refusals = { jobs: refused, skipsEarlier: skipsBlocked };
  for (let launches = 0; launches < maxLaunches; launches += 1) {
    if (triesFew && refused.length >= maxRefusals) return;
    const job = await grantPlace(
      dependencies,
      (turn, places) => nextInLine(dependencies, turn, places, refusals),
      { known },
    );
    if (job === null) return;
    const after = await reconcileJob(dependencies, job, { hasPlace: true, sendReminder: true });
    if (waitsForPlace(after)) refused.push(job);
    const before = lineEntryOf(job, settings.priorities);
    const isInPlace = waitsForPlace(after) && isSamePlace(lineEntryOf(after, settings.priorities), before);
    if (!isInPlace) await ledger.leaveLine(before, after.version);
  }
  const [next] = await ledger.listLine();
  const hasLaunched = refused.length < maxLaunches;
  if (next !== undefined && hasLaunched) await sender.send({ kind: 'job-due', jobId: next.jobId }, 0);
}
