import type { JobLogLine } from '@fyrestream/cloud';
import { FyrestreamError, type JobRecord } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

/** The poller logs the event of an upload before the job has its record, by another clock. */
const secondsBefore = 600;

/**
 * What all parts logged about a job, by time.
 * @throws FyrestreamError `log-groups-unknown`, `log-unreadable`
 */
export async function readJobLog(
  { name, jobLog }: Pick<Stack, 'name' | 'jobLog'>,
  { jobId, upload, createdAt }: Pick<JobRecord, 'jobId' | 'upload' | 'createdAt'>,
  signal: AbortSignal,
): Promise<JobLogLine[]> {
  if (jobLog === null) {
    throw new FyrestreamError({
      code: 'log-groups-unknown',
      message: `${name} does not name its log groups: deploy this release with \`pulumi up\`.`,
      retryable: false,
    });
  }
  const first = Math.min(Date.parse(upload.uploadedAt), Date.parse(createdAt));
  return jobLog.read({ jobId, since: new Date(first - secondsBefore * 1_000), signal });
}
