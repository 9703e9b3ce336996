import { setTimeout as sleep } from 'node:timers/promises';
import { removeStableFiles } from '@fyrestream/cloud';
import { type Deletion, dueAtOnce, isDeletedBy, type OutputRecord } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import { deleteSource, type SourceDeletion } from './delete-source.ts';
import { endDeletedJobs } from './end-deleted-jobs.ts';

export interface DeletionResult {
  readonly key: string;
  /** The newest version that was deleted. */
  readonly jobId: string;
  /** The job of another version of the key that stays published, or null. */
  readonly published: string | null;
  readonly cancelledJobIds: readonly string[];
  /** Whether the files of the versions are removed; otherwise the next sweeps of the stack remove them. */
  readonly filesRemoved: boolean;
  readonly source: SourceDeletion | 'kept';
}

const maxRemovalSeconds = 60;
const pollSeconds = 0.5;
/** A sweep removes a limited number of files. */
const pollsPerSweep = 20;

/**
 * Unpublishes what a key or a job has published and removes its files: ends its jobs, records the deletion, removes the stable
 * files, then lets the sweep of the stack remove the versions. Safe to repeat, whatever was interrupted, and beside a
 * publication of a newer version, which stays.
 * @throws FyrestreamError `publication-in-progress`, `publication-contention`; what the services throw
 */
export async function deleteUpload(
  stack: Stack,
  deletion: Deletion,
  { source, note }: { source: boolean; note: (line: string) => void },
): Promise<DeletionResult> {
  const { ledger, outputBucket } = stack;
  const { output, cancelledJobIds } = await endAndRecord(stack, deletion, note);
  const isUnpublished = output.published === null && output.deleted !== undefined;
  if (isUnpublished && (await removeStableFiles(stack, outputBucket, deletion.sourceKey))) {
    await ledger.recordUnpublished(deletion);
  }
  return {
    key: deletion.sourceKey,
    jobId: deletion.version.jobId,
    published: output.published?.jobId ?? null,
    cancelledJobIds,
    filesRemoved: await areFilesRemoved(stack, deletion.sourceKey),
    source: source ? await deleteSource(stack, deletion) : 'kept',
  };
}

/** Repeated if one more deleted version has begun its publication meanwhile: its job has to be ended too. */
async function endAndRecord(
  stack: Stack,
  deletion: Deletion,
  note: (line: string) => void,
): Promise<{ output: OutputRecord; cancelledJobIds: string[] }> {
  const cancelledJobIds: string[] = [];
  for (;;) {
    const before = await stack.ledger.readOutput(deletion.sourceKey);
    const { ended, cancelled } = await endDeletedJobs(stack, deletion, before, note);
    cancelledJobIds.push(...cancelled);
    const output = await stack.ledger.recordDeletion(deletion, ended);
    if (output.published === null || !isDeletedBy(deletion, output.published))
      return { output, cancelledJobIds };
  }
}

/** Requests sweeps until the files of the deleted versions are removed. @returns false if that takes too long to wait for */
async function areFilesRemoved({ ledger, sender }: Stack, sourceKey: string): Promise<boolean> {
  for (let poll = 0; poll * pollSeconds < maxRemovalSeconds; poll += 1) {
    const retired = (await ledger.readOutput(sourceKey))?.retired ?? [];
    if (!retired.some(({ since }) => since === dueAtOnce)) return true;
    if (poll % pollsPerSweep === 0) await sender.send({ kind: 'sweep-requested' }, 0);
    await sleep(pollSeconds * 1_000);
  }
  return false;
}
