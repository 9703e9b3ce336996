import { setTimeout as sleep } from 'node:timers/promises';
import { FyrestreamError, isTerminal, type JobRecord } from '@fyrestream/events';
import { jobProgress, type Progress } from '../progress/job-progress.ts';
import { retryRequest } from '../stack/retry-request.ts';
import type { Stack } from '../stack/stack.ts';

const pollSeconds = 0.4;
/** The event of an upload usually takes less than a second, and up to a minute behind many others. */
const recordWithinSeconds = 120;

/**
 * Polls a job in the ledger until it is over, or held until a person decides.
 * The record may appear only some time after the upload, and the stack may restart meanwhile.
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
  const request = retryRequest(stack, { onLost, signal });
  for (let missingSeconds = 0; ; missingSeconds += pollSeconds) {
    const job = await request(({ ledger }) => ledger.readJob(jobId));
    const units = job?.status === 'running' ? await request(({ ledger }) => ledger.listUnits(jobId)) : [];
    report(jobProgress(job, units));
    if (job !== null && (isTerminal(job) || job.status === 'held')) return job;
    if (job === null && missingSeconds >= limits.recordWithinSeconds) throw missing(jobId, missingSeconds);
    await sleep(pollSeconds * 1_000, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function missing(jobId: string, seconds: number): FyrestreamError {
  return new FyrestreamError({
    code: 'job-missing',
    message: `Job ${jobId} has not appeared ${Math.round(seconds)} s after its upload, so the event is late or lost: \`fyrestream doctor\` shows the queues, \`fyrestream redrive\` shows failed messages. The sweep finds lost uploads.`,
    retryable: true,
  });
}
