import {
  type Deletion,
  dueAtOnce,
  isDeletedBy,
  isDeletedVersion,
  type OrderedUpload,
  type OutputRecord,
} from '@fyrestream/events';
import { changeOutput, firstOutputOf, retireVersion } from './change-output.ts';
import type { LedgerTable } from './ledger-table.ts';

/**
 * Records a deletion. From then on the deleted versions are not published, and the files of those that were published are due
 * for removal, once the stable files are removed or replaced.
 * @param endedJobIds jobs that no longer write stable files: while `published` is another job, nothing is recorded
 */
export function recordDeletion(
  table: LedgerTable,
  deletion: Deletion,
  endedJobIds: ReadonlySet<string>,
): Promise<OutputRecord> {
  const { sourceKey, version } = deletion;
  return changeOutput(table, sourceKey, (before) => {
    const output = before ?? firstOutputOf(sourceKey, version);
    const { published } = output;
    const isPublished = published !== null && isDeletedBy(deletion, published);
    if (isPublished && !endedJobIds.has(published.jobId)) return output;
    const recorded = isPublished || deletion.includesOlder ? withDeletion(output, version) : output;
    return withRetiredDue(recorded, version.jobId);
  });
}

/** Records that the stable files of a deleted version are removed; does nothing if a newer version is published. */
export function recordUnpublished(table: LedgerTable, deletion: Deletion): Promise<OutputRecord> {
  const { sourceKey, version } = deletion;
  return changeOutput(table, sourceKey, (before) => {
    const output = before ?? firstOutputOf(sourceKey, version);
    const { published, deleted } = output;
    if (published !== null || deleted === undefined || deleted.isUnpublished) return output;
    return { ...output, deleted: { ...deleted, isUnpublished: true } };
  });
}

function withDeletion(output: OutputRecord, version: OrderedUpload): OutputRecord {
  const { jobId, order } = version;
  const { published } = output;
  const isRepeated = isDeletedVersion(output, order);
  const deleted = isRepeated ? output : { ...output, deleted: { jobId, order, isUnpublished: false } };
  if (published === null || !isDeletedVersion(deleted, published.order)) return deleted;
  return retireVersion({ ...deleted, published: null }, published, dueAtOnce);
}

/** If nothing newer is published, all retired versions are older than the deleted one; otherwise only its own files are due. */
function withRetiredDue(output: OutputRecord, deletedJobId: string): OutputRecord {
  const isDue = ({ jobId }: { jobId: string }) => output.published === null || jobId === deletedJobId;
  if (!output.retired.some((version) => isDue(version) && version.since !== dueAtOnce)) return output;
  const due = output.retired.filter(isDue).map((version) => ({ ...version, since: dueAtOnce }));
  return { ...output, retired: [...due, ...output.retired.filter((version) => !isDue(version))] };
}
