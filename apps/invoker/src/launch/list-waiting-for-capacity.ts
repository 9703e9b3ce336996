import type { JobRecord } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';

/** How many jobs to read to find them. */
const maxJobsRead = 25;

/** Other jobs that wait for the time of their next launch because ECS had no capacity for the last one; the oldest of them. */
export async function listWaitingForCapacity(
  { ledger }: Pick<InvokerDependencies, 'ledger'>,
  { jobId }: JobRecord,
): Promise<JobRecord[]> {
  const delayed = await ledger.listPhase('delayed', { limit: maxJobsRead });
  return delayed.filter(
    (other) =>
      other.jobId !== jobId && other.launch === null && other.waitCount > 0 && !other.awaitsInspection,
  );
}
