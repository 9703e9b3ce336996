import { setTimeout as sleep } from 'node:timers/promises';
import {
  compareVersions,
  type Deletion,
  FyrestreamError,
  isDeletedBy,
  isTerminal,
  type JobRecord,
  type OrderedUpload,
  type OutputRecord,
} from '@fyrestream/events';
import { cancelJob, type Stack } from '@fyrestream/operations';
import { noteRunningTask } from './note-running-task.ts';

/** A publication is a few small writes; a worker that crashed in it is replaced later. */
const maxPublicationSeconds = 60;
const pollSeconds = 0.5;

/**
 * Ends the jobs of the versions that are deleted, and the editions that keep renditions of the published one if that is deleted: cancels
 * them; where a publication has started, waits for its end.
 * @returns their ids, and those of them that this call cancelled
 * @throws FyrestreamError `publication-in-progress`
 */
export async function endDeletedJobs(
  stack: Stack,
  deletion: Deletion,
  output: OutputRecord | null,
  note: (line: string) => void,
): Promise<{ ended: Set<string>; cancelled: string[] }> {
  const { latest, published = null, supersededJobIds = [] } = output ?? {};
  const known = [deletion.version, latest, published].flatMap((version) => version?.jobId ?? []);
  const isOfDeletion = (version: OrderedUpload) =>
    isDeletedBy(deletion, version) ||
    (published !== null && isEditionOfDeleted(deletion, published, version));
  const ended = new Set<string>();
  const cancelled: string[] = [];
  for (const jobId of new Set([...known, ...supersededJobIds])) {
    const job = await stack.ledger.readJob(jobId);
    // The record of a finished job expires.
    if (job === null) ended.add(jobId);
    if (job === null || !isOfDeletion({ jobId, order: job.upload })) continue;
    if (await endJob(stack, job, note)) cancelled.push(jobId);
    ended.add(jobId);
  }
  return { ended, cancelled };
}

/** Without the published version its editions have nothing to keep from, and would not be published. */
function isEditionOfDeleted(deletion: Deletion, published: OrderedUpload, { order }: OrderedUpload): boolean {
  return isDeletedBy(deletion, published) && compareVersions(order, published.order) === 0;
}

/** @returns whether it was cancelled here */
async function endJob(stack: Stack, found: JobRecord, note: (line: string) => void): Promise<boolean> {
  const { jobId, upload } = found;
  for (let seconds = 0; seconds < maxPublicationSeconds; seconds += pollSeconds) {
    const job = seconds === 0 ? found : await stack.ledger.readJob(jobId);
    if (job === null || isTerminal(job)) return false;
    if (job.publication === null) {
      const reason = { code: 'deleted', message: 'An operator deleted it.', retryable: false };
      const refusal = await cancelJob(stack, jobId, {
        reason,
        onTaskNotStopped: noteRunningTask(note),
      }).then(() => null, unlessRefused);
      if (refusal === null) return true;
    }
    await sleep(pollSeconds * 1_000);
  }
  throw new FyrestreamError({
    code: 'publication-in-progress',
    message: `Job ${jobId} of ${upload.key} is being published, which is always completed: delete it again in some minutes.`,
    retryable: true,
  });
}

/** The job ended or its publication started after it was read. */
function unlessRefused(error: unknown): unknown {
  if (error instanceof FyrestreamError && error.code === 'step-refused') return error;
  throw error;
}
