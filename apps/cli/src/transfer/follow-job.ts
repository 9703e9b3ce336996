import { setTimeout as sleep } from 'node:timers/promises';
import { FyrestreamError, isTerminal, type JobRecord } from '@fyrestream/events';
import { jobProgress, type Progress } from '../progress/job-progress.ts';
import { retryRequest } from '../stack/retry-request.ts';
import type { Stack } from '../stack/stack.ts';

const pollSeconds = 0.4;
/** The event of an upload takes moments; behind a rush of others, a minute. */
const recordWithinSeconds = 120;

/**
 * Watches a job in the ledger until nothing more happens to it by itself: it is over, or held until a person decides.
 * The record may take a moment to appear after an upload; the stack may go and come back meanwhile.
 * @throws FyrestreamError `job-missing` where no record appears
 */
export async function followJob(
  stack: Stack,
  jobId: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
  limits: { recordWithinSeconds: number } = { recordWithinSeconds },
): Promise<JobRecord> {
  let progress: Progress = { phase: 'uploaded', fraction: 0 };
  const report = (next: Progress) => {
    progress = next;
    onProgress(next);
  };
  const onLost = () => report({ phase: 'unreachable', fraction: progress.fraction });
  const ask = retryRequest(stack, { onLost, signal });
  for (let missingSeconds = 0; ; missingSeconds += pollSeconds) {
    const job = await ask(({ ledger }) => ledger.readJob(jobId));
    const units = job?.status === 'running' ? await ask(({ ledger }) => ledger.listUnits(jobId)) : [];
    report(jobProgress(job, units));
    if (job !== null && (isTerminal(job) || job.status === 'held')) return job;
    if (job === null && missingSeconds >= limits.recordWithinSeconds) throw missing(jobId, missingSeconds);
    await sleep(pollSeconds * 1_000, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function missing(jobId: string, seconds: number): FyrestreamError {
  return new FyrestreamError({
    code: 'job-missing',
    message: `Job ${jobId} has not appeared ${Math.round(seconds)} s after its upload, so the event may be late or lost: \`fyrestream doctor\` shows the queues, \`fyrestream redrive\` what failed in them; the sweep finds what was lost.`,
    retryable: true,
  });
}
