import { type Deletion, isDeletedBy, type OutputRecord } from '@fyrestream/events';
import type { DeletionResult } from '../operator/delete-upload.ts';

/** The question before a deletion: what is unpublished, what is removed, what stays. */
export function deletionQuestion(
  deletion: Deletion,
  output: OutputRecord | null,
  deletesSource: boolean,
): string {
  const { sourceKey, version } = deletion;
  const published = output?.published ?? null;
  const isPublished = published !== null && isDeletedBy(deletion, published);
  const what = isPublished
    ? `Unpublish ${sourceKey} and remove its files`
    : `End job ${version.jobId} of ${sourceKey} and remove its files`;
  const source = deletesSource ? ', and delete its source' : '';
  return `${what}${source}?${published !== null && !isPublished ? ` Job ${published.jobId} stays published.` : ''}`;
}

const sources: Record<DeletionResult['source'], string> = {
  kept: '',
  removed: ', source deleted',
  missing: ', source deleted before',
  newer: ', source not deleted: it is another upload',
};

/** One line about what was deleted. */
export function formatDeletion({ key, published, cancelledJobIds, ...result }: DeletionResult): string {
  const state = published === null ? 'unpublished' : `job ${published} stays published`;
  const files = result.filesRemoved ? 'files removed' : 'the next sweeps remove the files';
  const cancelled = cancelledJobIds.map((jobId) => `, job ${jobId} cancelled`).join('');
  return `${key}: ${state}, ${files}${cancelled}${sources[result.source]}`;
}
