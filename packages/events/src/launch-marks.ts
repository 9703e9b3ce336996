import type { JobRecord } from './job-record.ts';
import type { JobStep } from './job-step.ts';
import { isLaunchBlock } from './launch-block.ts';
import type { Reason } from './reason.ts';

/** Steps after which a launch is blocked as before, and its job keeps its place in line. */
const keepsBlock: ReadonlySet<JobStep['kind']> = new Set([
  'launch-planned',
  'task-started',
  'announced',
  'task-billed',
  'task-forgotten',
  'additional-started',
  'additional-ended',
]);

/** The record without the marks that end with a step. */
export function withoutMarks(job: JobRecord, step: JobStep): JobRecord {
  const { awaitsInspection, launchBlockedSince, refusedAt, ...rest } = job;
  return {
    ...rest,
    ...(awaitsInspection && step.kind !== 'inspected' && { awaitsInspection }),
    ...(launchBlockedSince && keepsBlock.has(step.kind) && { launchBlockedSince }),
    ...(refusedAt && keepsBlock.has(step.kind) && { refusedAt }),
  };
}

/** The mark of a record whose launch AWS blocked for this reason, at this time (ISO 8601). */
export function blockedBy({ code }: Reason, job: JobRecord, at: string): Partial<JobRecord> {
  return isLaunchBlock(code) ? { launchBlockedSince: job.launchBlockedSince ?? at } : {};
}
