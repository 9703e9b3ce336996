import type { JobRecord } from '@fyrestream/events';
import { refusalSentences } from '@fyrestream/media';
import type { Violation } from '../violations/violation.ts';
import type { FuzzUpload } from './fuzz-upload.ts';

/** What is wrong about the end of a job whose file is damaged or hostile: only the file may be the cause. */
export function findFuzzViolations({ job, mutation, seconds }: FuzzUpload): Violation[] {
  const found = job === null ? [`has no job after ${Math.round(seconds)} s`] : problemsOf(job);
  return found.map((message) => ({
    kind: 'wrong',
    message: `--seed ${mutation.seed} (${mutation.description}) ${message}`,
    ...(job !== null && { jobId: job.jobId }),
  }));
}

/** Attempts are no measure: one that finds no free place is counted too. */
function problemsOf({ status, reason, failureCount, interruptionCount }: JobRecord): string[] {
  const problems: string[] = [];
  if (failureCount > (status === 'failed' ? 1 : 0)) problems.push(`failed ${failureCount} times`);
  if (interruptionCount > 0) problems.push(`was interrupted ${interruptionCount} times`);
  const is = `is ${status} (${reason?.code}: ${reason?.message})`;
  if (status === 'held' && reason?.code !== 'cost-limit') problems.push(is);
  if (status === 'failed' && !isRefusal(reason)) problems.push(is);
  if (!['succeeded', 'failed', 'held'].includes(status)) problems.push(is);
  return problems;
}

/** A file whose times contradict each other may be found only by the verification of its outputs. */
const isRefusedLate = (code: string) => code === 'verification-failed';

/** Whether the file is refused for good. */
function isRefusal(reason: JobRecord['reason']): boolean {
  if (reason === null || reason.retryable) return false;
  return Object.hasOwn(refusalSentences, reason.code) || isRefusedLate(reason.code);
}
