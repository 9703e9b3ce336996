import type { JobRecord } from '@fyrestream/events';
import type { QueuePosition } from '../progress/job-progress.ts';
import type { Stack } from '../stack/stack.ts';

/**
 * Where an upload waits: in the upload queue, which has a length but no positions, or among the jobs without a task.
 * Null where it waits for nothing.
 * @param job null as long as it has no record
 */
export async function jobQueuePosition(
  { ledger, queues }: Pick<Stack, 'ledger' | 'queues'>,
  job: JobRecord | null,
): Promise<QueuePosition | null> {
  if (job === null) {
    const { waiting, delayed, underWay } = await queues.uploads.messages.depth();
    const length = waiting + delayed + underWay;
    return length === 0 ? null : { place: null, length };
  }
  return waitsForTask(job) ? placeAmong(await listWaitingJobs(ledger), job) : null;
}

/** All jobs that have no task yet. */
export async function listWaitingJobs({ listJobs }: Pick<Stack['ledger'], 'listJobs'>): Promise<JobRecord[]> {
  const waiting: JobRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listJobs>> = await listJobs('queued', { cursor });
    waiting.push(...page.jobs.filter(waitsForTask));
    cursor = page.cursor;
  } while (cursor !== null);
  return waiting;
}

/** The place of a waiting job, oldest first. */
export function placeAmong(waiting: readonly JobRecord[], job: JobRecord): QueuePosition {
  const before = waiting.filter(({ createdAt, jobId }) => createdAt < job.createdAt && jobId !== job.jobId);
  return { place: before.length + 1, length: Math.max(waiting.length, before.length + 1) };
}

export function waitsForTask({ status, launch }: Pick<JobRecord, 'status' | 'launch'>): boolean {
  return status === 'queued' && launch === null;
}
