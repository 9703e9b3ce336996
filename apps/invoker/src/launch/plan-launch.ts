import { createHash } from 'node:crypto';
import type {
  AdditionalLaunch,
  JobRecord,
  Launch,
  LaunchTarget,
  TaskRequest,
  TranscodeRequest,
} from '@fyrestream/events';

const leadingSlot = 0;

/** The next launch of a job, with the complete RunTask request: exactly this is sent, also after a crash. */
export function planLaunch(job: JobRecord, target: LaunchTarget, at: string): Launch {
  return launchOf(job, { attempt: job.attempt + 1, slot: leadingSlot }, target, at);
}

/** The launch of one more worker for the current attempt of a job. */
export function planAdditionalLaunch(job: JobRecord, target: LaunchTarget, at: string): AdditionalLaunch {
  const slot = (job.additional?.lastSlot ?? leadingSlot) + 1;
  return { ...launchOf(job, { attempt: job.attempt, slot }, target, at), slot };
}

function launchOf(
  job: JobRecord,
  { attempt, slot }: { attempt: number; slot: number },
  target: LaunchTarget,
  at: string,
): Launch {
  const request: TranscodeRequest = { schemaVersion: 1, jobId: job.jobId, attempt, slot };
  return {
    attempt,
    taskArn: null,
    plannedAt: at,
    request: {
      ...target,
      clientToken: clientTokenOf(job, attempt, slot),
      capacity: job.capacity,
      size: job.size,
      startedBy: job.jobId,
      environment: { FYRESTREAM_REQUEST: JSON.stringify(request) },
    } satisfies TaskRequest,
  };
}

/** 64 characters, the limit of ECS. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html */
function clientTokenOf(job: JobRecord, attempt: number, slot: number): string {
  return createHash('sha256').update(`${job.jobId}/${attempt}/${slot}/${job.capacity}`).digest('hex');
}
