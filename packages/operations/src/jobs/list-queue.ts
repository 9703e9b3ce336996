import { type JobRecord, type Priority, priorities, tenantOf } from '@fyrestream/events';
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
  const groups = new Map<string, QueueGroup>();
  /** Refused jobs stand in front by the time of the refusal, the others by age. */
  const partsRead = new Set<string>();
  for await (const { priority, tenant, isRefused, since, jobId } of ledger.readLine()) {
    const name = `${priority} ${tenant}`;
    const group = groups.get(name);
    const isFirst = !partsRead.has(`${name} ${isRefused}`);
    partsRead.add(`${name} ${isRefused}`);
    const job = isFirst ? await ledger.readJob(jobId) : null;
    const oldest = { jobId, createdAt: job?.createdAt ?? since };
    const reason = job?.reason ?? null;
    const waiting = (group?.waiting ?? 0) + 1;
    const isOldest = group === undefined || (isFirst && oldest.createdAt < group.oldest.createdAt);
    groups.set(
      name,
      isOldest
        ? { priority, tenant, waiting, underWay: underWay.get(tenant) ?? 0, oldest, reason }
        : { ...group, waiting },
    );
  }
  return {
    groups: [...groups.values()].toSorted(inOrderOfLine),
    delayed: (delayed?.length ?? 0) + (uninspected?.length ?? 0),
    underWay: jobsUnderWay.length,
  };
}

function inOrderOfLine(one: QueueGroup, other: QueueGroup): number {
  const byPriority = priorities.indexOf(one.priority) - priorities.indexOf(other.priority);
  return byPriority === 0
    ? Number(one.tenant > other.tenant) - Number(one.tenant < other.tenant)
    : byPriority;
}
