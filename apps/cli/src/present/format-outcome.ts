import type { JobRecord } from '@fyrestream/events';
import { formatDuration, secondsBetween } from '@fyrestream/operations';
import type { Terminal } from '../terminal.ts';
import { toOneLine } from '../terminal-text.ts';
import type { UploadOutcome } from '../transfer/upload-files.ts';
import { formatLeftOut, formatStatus } from './format-values.ts';

/** The object that `upload --json` prints for a file. */
export function outcomeToJson({ file, jobId, job, failure }: UploadOutcome) {
  return {
    file: file.typed,
    jobId,
    // An uploaded file always gets its job, even where this command could not read it.
    status: job?.status ?? (jobId === null ? 'failed' : 'queued'),
    reason: job?.reason ?? failure,
    outputs: job?.outputs ?? null,
  };
}

/** The object that `watch --json` prints for a job that is over. */
export function jobResultToJson({ jobId, status, reason, outputs }: JobRecord) {
  return { jobId, status, reason, outputs };
}

export function isSuccess(outcome: UploadOutcome, { wait }: { wait: boolean }): boolean {
  return outcome.failure === null && (!wait || outcome.job?.status === 'succeeded');
}

/** One line for a person. */
export function formatOutcome(
  { file, jobId, job, failure }: UploadOutcome,
  terminal: Pick<Terminal, 'colour'>,
): string {
  if (job !== null) return formatJobResult(file.typed, job, terminal);
  if (jobId === null)
    return toOneLine(`${file.typed}: ${formatStatus('failed', terminal)}: ${failure?.message}`);
  const uploaded = `${file.typed}: uploaded as ${file.key}, job ${jobId}`;
  return toOneLine(failure === null ? uploaded : `${uploaded}: ${failure.message}`);
}

/** How a job ended, or why it is held. Damage of the source and each stream that is left out are on their own lines. */
export function formatJobResult(name: string, job: JobRecord, terminal: Pick<Terminal, 'colour'>): string {
  const status = `${name}: job ${job.jobId} ${formatStatus(job.status, terminal)}`;
  if (job.outputs === null) return toOneLine(`${status}: ${job.reason?.message ?? 'no reason was given'}`);
  const took = formatDuration(secondsBetween(job.createdAt, job.finishedAt) ?? 0);
  const { masterKey, manifestKey, prefix, damage, leftOut } = job.outputs;
  const lines = [
    `${status} in ${took}: ${masterKey ?? manifestKey ?? prefix}`,
    ...(damage === null ? [] : [damage]),
    ...leftOut.map((entry) => `left out: ${formatLeftOut(entry)}`),
  ];
  return lines.map(toOneLine).join('\n  ');
}
