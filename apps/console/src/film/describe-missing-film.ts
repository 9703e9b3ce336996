import type { JobDetail } from '../api/views.ts';

/** Why a job has no film to show, in one or two sentences. */
export function describeMissingFilm({
  status,
  isDeleted,
  reason,
}: Pick<JobDetail, 'status' | 'isDeleted' | 'reason'>): string {
  if (isDeleted) return 'This film was deleted, and its files are removed.';
  switch (status) {
    case 'queued':
    case 'running':
      return `This film is not published yet: its job is ${status}. It appears here when it is ready.`;
    case 'held':
      return 'This film is not published: its job is held until somebody releases it.';
    case 'failed':
      return ['There is no film, because the job failed.', reason?.message].join(' ').trim();
    case 'cancelled':
      return 'There is no film, because the job was cancelled.';
    case 'succeeded':
      return 'The files of this film are removed, because a newer version of the upload replaced them.';
  }
}
