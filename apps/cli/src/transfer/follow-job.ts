import { setTimeout as sleep } from 'node:timers/promises';
import { FyrestreamError, isTerminal, type JobRecord } from '@fyrestream/events';
import {
  followedProgress,
  jobQueuePosition,
  type Progress,
  type QueuePosition,
  type Stack,
} from '@fyrestream/operations';
import { commandLine } from '../command-line.ts';
import { retryRequest } from '../stack/retry-request.ts';

/** Workers record their progress every 5 seconds, and each request takes CPU time, here and in a local cloud. */
const secondsBetweenRequests = (waitedSeconds: number) => (waitedSeconds < 15 ? 1 : 2);
/** Queues are looked at less often than records: thousands of jobs may wait. */
const queueEverySeconds = 5;

/**
 * Polls a job in the ledger until it is over, or held until a person decides, by at most one request a second.
 * The record may appear only some time after the upload, and the stack may restart meanwhile. What waits behind others is
 * reported with its place; only with an empty queue an upload counts as lost.
 * @throws FyrestreamError `job-missing` where no record appears
 */
export async function followJob(
  stack: Stack,
  jobId: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
  { recordWithinSeconds, pause }: FollowOptions = defaultOptions,
): Promise<JobRecord> {
  let progress: Progress = { phase: 'uploaded', fraction: 0 };
  const report = (next: Progress) => {
    progress = next;
    onProgress(next);
  };
  const onLost = () => report({ phase: 'unreachable', fraction: progress.fraction });
  const request = retryRequest(stack, { onLost, signal });
  let queue: QueuePosition | null = null;
  let queueSeenAt = 0;
  let seconds = 0;
  let missingSince = 0;
  const wait = async () => {
    const pauseSeconds = secondsBetweenRequests(seconds);
    await pause(pauseSeconds, signal);
    seconds += pauseSeconds;
  };
  for (; ; await wait()) {
    const { job, units } = await request(({ ledger }) => ledger.readJobWithUnits(jobId));
    const now = new Date().toISOString();
    report(withQueue(followedProgress(job, job?.status === 'running' ? units : [], now), queue));
    if (job !== null && (isTerminal(job) || job.status === 'held')) return job;
    const isLate = seconds - missingSince >= recordWithinSeconds;
    const isDue = isLate || seconds - queueSeenAt >= queueEverySeconds;
    if (isDue && (job === null || job.status === 'queued')) {
      await wait();
      queue = await request((standing) => jobQueuePosition(standing, job));
      queueSeenAt = seconds;
    }
    if (queue !== null) missingSince = seconds;
    if (job === null && queue === null && isLate) throw missing(jobId, seconds - missingSince);
  }
}

interface FollowOptions {
  /** An upload whose record does not appear within this time, while nothing waits in the upload queue, is missing. */
  readonly recordWithinSeconds: number;
  readonly pause: (seconds: number, signal: AbortSignal) => Promise<void>;
}

const defaultOptions: FollowOptions = {
  // With nothing else in the queue the event of an upload takes moments; its count there may lag behind by a minute.
  recordWithinSeconds: 120,
  pause: (seconds, signal) =>
    sleep(seconds * 1_000, undefined, { signal }).catch(() => signal.throwIfAborted()),
};

/** Only a waiting upload has a place in a queue. */
function withQueue(progress: Progress, queue: QueuePosition | null): Progress {
  if (queue === null) return progress;
  if (progress.phase === 'uploaded')
    return { ...progress, phase: 'waiting', waitsFor: 'its admission', queue };
  // The length of the upload queue concerns a job no more once it has its record.
  return progress.phase === 'queued' && queue.place !== null ? { ...progress, queue } : progress;
}

function missing(jobId: string, seconds: number): FyrestreamError {
  return new FyrestreamError({
    code: 'job-missing',
    message: `Job ${jobId} has not appeared for ${Math.round(seconds)} s while nothing waits in the upload queue, so its event is late or lost: \`${commandLine('doctor')}\` shows the queues, \`${commandLine('redrive')}\` shows failed messages. The sweep finds lost uploads.`,
    retryable: true,
  });
}
