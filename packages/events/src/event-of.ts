import type { JobEvent } from './job-event.ts';
import type { JobOutputs } from './job-outputs.ts';
import { isTerminal, type JobRecord } from './job-record.ts';
import { jobCostOf } from './receipt/job-cost.ts';

/**
 * The event to publish for a change of status or a bill that has become final, if any. A final bill changes only by a task whose
 * start was not recorded.
 */
export function eventOf(before: JobRecord, after: JobRecord, at: string): JobEvent | null {
  const cost = isTerminal(after) ? jobCostOf(after) : null;
  const isBilled = cost?.isFinal && !(jobCostOf(before)?.isFinal && before.receipt === after.receipt);
  if (before.status === after.status && !isBilled) return null;
  return {
    schemaVersion: 1,
    eventId: `${after.jobId}-${after.version}`,
    kind: before.status === after.status ? 'job-billed' : eventKinds[after.status],
    jobId: after.jobId,
    sourceKey: after.upload.key,
    ...(after.making?.options.label !== undefined && { label: after.making.options.label }),
    status: after.status,
    reason: after.reason,
    outputs: after.outputs && publicOutputs(after.outputs),
    ...(cost !== null && { cost }),
    at,
  };
}

function publicOutputs({ recipe: _recipe, ...outputs }: JobOutputs): JobOutputs {
  return outputs;
}

const eventKinds: Record<JobRecord['status'], JobEvent['kind']> = {
  queued: 'job-retrying',
  running: 'job-started',
  succeeded: 'job-succeeded',
  failed: 'job-failed',
  held: 'job-held',
  cancelled: 'job-cancelled',
};
