import { createHash } from 'node:crypto';
import type { JobRecord, Launch, LaunchTarget, TaskRequest, TranscodeRequest } from '@fyrestream/events';

/** One worker per job. */
const slot = 0;

/** The next launch of a job, with the complete RunTask request: exactly this is sent, also after a crash. */
export function planLaunch(job: JobRecord, target: LaunchTarget, at: string): Launch {
  const attempt = job.attempt + 1;
  const request: TranscodeRequest = { schemaVersion: 1, jobId: job.jobId, attempt, slot };
  return {
    attempt,
    taskArn: null,
    plannedAt: at,
    request: {
      ...target,
      clientToken: clientTokenOf(job, attempt),
      capacity: job.capacity,
      size: job.size,
      startedBy: job.jobId,
      environment: { FYRESTREAM_REQUEST: JSON.stringify(request) },
    } satisfies TaskRequest,
  };
}

/** 64 characters, the limit of ECS. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html */
function clientTokenOf(job: JobRecord, attempt: number): string {
  return createHash('sha256').update(`${job.jobId}/${attempt}/${slot}/${job.capacity}`).digest('hex');
}
