import { type JobRecord, type Priority, tenantOf } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

/** The jobs of one tenant and one priority that wait in line for a place. */
export interface QueueGroup {
  readonly priority: Priority;
  readonly tenant: string;
  readonly waiting: number;
  /** Jobs of the tenant that start or run. */
  readonly underWay: number;
  readonly oldest: { readonly jobId: string; readonly createdAt: string };
  /** Why the oldest one waits. */
  readonly reason: JobRecord['reason'];
}

export interface Queue {
  /** In the order of the line: by priority, then by name. */
  readonly groups: readonly QueueGroup[];
  /** Jobs that wait for something else than a place: their inspection, capacity, the time of a retry. */
  readonly delayed: number;
  readonly underWay: number;
}

/** Who waits for a place, and who has one. */
export async function listQueue({ ledger }: Pick<Stack, 'ledger'>): Promise<Queue> {
  const [running, starting, delayed, uninspected] = await Promise.all(
    (['running', 'starting', 'delayed', 'uninspected'] as const).map((phase) => ledger.listWholePhase(phase)),
  );
  const jobsUnderWay = [...(running ?? []), ...(starting ?? [])];
  const underWay = new Map<string, number>();
  for (const { upload } of jobsUnderWay) {
    const tenant = tenantOf(upload.key);
    underWay.set(tenant, (underWay.get(tenant) ?? 0) + 1);
  }
  const groups: QueueGroup[] = [];
  for await (const { priority, tenant, since, jobId } of ledger.readLine()) {
    const last = groups.at(-1);
    if (last?.priority === priority && last.tenant === tenant) {
      groups[groups.length - 1] = { ...last, waiting: last.waiting + 1 };
      continue;
    }
    const first = await ledger.readJob(jobId);
    const reason = first?.reason ?? null;
    const oldest = { jobId, createdAt: first?.createdAt ?? since };
    groups.push({ priority, tenant, waiting: 1, underWay: underWay.get(tenant) ?? 0, oldest, reason });
  }
  return {
    groups,
    delayed: (delayed?.length ?? 0) + (uninspected?.length ?? 0),
    underWay: jobsUnderWay.length,
  };
}
