import { setTimeout as sleep } from 'node:timers/promises';
import { isTerminal, type JobRecord } from '@fyrestream/events';
import { jobProgress, type Progress } from '../progress/job-progress.ts';
import type { Stack } from '../stack/stack.ts';

const pollMilliseconds = 400;

/**
 * Watches a job in the ledger until nothing more happens to it by itself: it is over, or held until a person decides.
 * The record may take a moment to appear after an upload.
 */
export async function followJob(
  { ledger }: Pick<Stack, 'ledger'>,
  jobId: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<JobRecord> {
  for (;;) {
    signal.throwIfAborted();
    const job = await ledger.readJob(jobId);
    const units = job?.status === 'running' ? await ledger.listUnits(jobId) : [];
    onProgress(jobProgress(job, units));
    if (job !== null && (isTerminal(job) || job.status === 'held')) return job;
    await sleep(pollMilliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
