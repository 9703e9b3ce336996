import { FyrestreamError, type JobRecord } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

/** The poller logs the event of an upload before the job has its record, by another clock. */
const secondsBefore = 600;

/**
 * What poller, invoker and workers logged about a job, in the order of time.
 * @throws FyrestreamError `log-groups-unknown`, `log-unreadable`; the reason of the signal
 */
export async function readJobLog(
  stack: Pick<Stack, 'jobLog' | 'name'>,
  { jobId, upload, createdAt }: JobRecord,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<NonNullable<Stack['jobLog']>['read']>>> {
  if (stack.jobLog === null) {
    throw new FyrestreamError({
      code: 'log-groups-unknown',
      message: `${stack.name} does not name its log groups: deploy this release with \`pulumi up\`.`,
      retryable: false,
    });
  }
  const first = Math.min(Date.parse(upload.uploadedAt), Date.parse(createdAt));
  return stack.jobLog.read({ jobId, since: new Date(first - secondsBefore * 1_000), signal });
}
