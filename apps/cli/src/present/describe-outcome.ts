import type { Terminal } from '../terminal.ts';
import type { SendOutcome } from '../transfer/send-files.ts';
import { colourStatus } from './colour-status.ts';
import { formatDuration } from './format-duration.ts';
import { secondsBetween } from './seconds-between.ts';

/** What `upload --json` prints of a file. */
export function outcomeFacts({ file, jobId, job, failure }: SendOutcome) {
  return {
    file: file.typed,
    jobId,
    status: job?.status ?? (failure === null ? 'queued' : 'failed'),
    reason: job?.reason ?? failure,
    outputs: job?.outputs ?? null,
  };
}

export function succeeded(outcome: SendOutcome, { wait }: { wait: boolean }): boolean {
  return outcome.failure === null && (!wait || outcome.job?.status === 'succeeded');
}

/** One line for a person. */
export function describeOutcome(
  { file, jobId, job, failure }: SendOutcome,
  terminal: Pick<Terminal, 'colour'>,
): string {
  if (failure !== null) return `${file.typed}: ${colourStatus('failed', terminal)}: ${failure.message}`;
  if (job === null) return `${file.typed}: uploaded as ${file.key}, job ${jobId}`;
  const status = `${file.typed}: job ${jobId} ${colourStatus(job.status, terminal)}`;
  if (job.outputs === null) return `${status}: ${job.reason?.message ?? 'no reason was given'}`;
  const took = formatDuration(secondsBetween(job.createdAt, job.finishedAt) ?? 0);
  return `${status} in ${took}: ${job.outputs.masterKey}`;
}
