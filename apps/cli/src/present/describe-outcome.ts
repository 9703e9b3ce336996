import type { JobRecord } from '@fyrestream/events';
import type { Terminal } from '../terminal.ts';
import type { UploadOutcome } from '../transfer/upload-files.ts';
import { colourStatus } from './colour-status.ts';
import { describeLeftOut } from './describe-left-out.ts';
import { formatDuration } from './format-duration.ts';
import { secondsBetween } from './seconds-between.ts';

/** What `upload --json` prints of a file. */
export function outcomeFacts({ file, jobId, job, failure }: UploadOutcome) {
  return {
    file: file.typed,
    jobId,
    // What is uploaded gets its job, whatever kept this command from seeing it.
    status: job?.status ?? (jobId === null ? 'failed' : 'queued'),
    reason: job?.reason ?? failure,
    outputs: job?.outputs ?? null,
  };
}

export function endFacts({ jobId, status, reason, outputs }: JobRecord) {
  return { jobId, status, reason, outputs };
}

export function succeeded(outcome: UploadOutcome, { wait }: { wait: boolean }): boolean {
  return outcome.failure === null && (!wait || outcome.job?.status === 'succeeded');
}

/** One line for a person. */
export function describeOutcome(
  { file, jobId, job, failure }: UploadOutcome,
  terminal: Pick<Terminal, 'colour'>,
): string {
  if (job !== null) return describeEnd(file.typed, job, terminal);
  if (jobId === null) return `${file.typed}: ${colourStatus('failed', terminal)}: ${failure?.message}`;
  const uploaded = `${file.typed}: uploaded as ${file.key}, job ${jobId}`;
  return failure === null ? uploaded : `${uploaded}: ${failure.message}`;
}

/** How a job ended, or why it is held; what is wrong with its source, and what of it is left out, on lines of their own. */
export function describeEnd(name: string, job: JobRecord, terminal: Pick<Terminal, 'colour'>): string {
  const status = `${name}: job ${job.jobId} ${colourStatus(job.status, terminal)}`;
  if (job.outputs === null) return `${status}: ${job.reason?.message ?? 'no reason was given'}`;
  const took = formatDuration(secondsBetween(job.createdAt, job.finishedAt) ?? 0);
  const { masterKey, damage, leftOut } = job.outputs;
  const lines = [
    `${status} in ${took}: ${masterKey}`,
    ...(damage === null ? [] : [damage]),
    ...leftOut.map((entry) => `left out: ${describeLeftOut(entry)}`),
  ];
  return lines.join('\n  ');
}
