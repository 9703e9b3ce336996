import { FyrestreamError, type JobEvent, jobEventSchema } from '@fyrestream/events';

/** From the start of the first upload. */
export interface DropTimes {
  /** Until every upload had its job. */
  readonly admittedSeconds: number;
  /** Until every job had succeeded. */
  readonly finishedSeconds: number;
}

/**
 * Reads the events of a local cloud.
 * @throws FyrestreamError `jobs-failed` if a job did not succeed
 */
export function readDropTimes(eventLines: string, startedAt: number, uploads: number): DropTimes {
  const events = eventLines
    .split('\n')
    .filter(Boolean)
    .map((line): JobEvent => jobEventSchema.parse(JSON.parse(line).detail));
  const ofKind = (kind: JobEvent['kind']) => events.filter((event) => event.kind === kind);
  const lastSeconds = (kind: JobEvent['kind']) =>
    (Math.max(...ofKind(kind).map(({ at }) => Date.parse(at))) - startedAt) / 1_000;
  // An event may be published more than once.
  const succeeded = new Set(ofKind('job-succeeded').map(({ jobId }) => jobId)).size;
  if (succeeded !== uploads) {
    const message = `Of ${uploads} jobs, ${succeeded} succeeded.`;
    throw new FyrestreamError({ code: 'jobs-failed', message, retryable: false });
  }
  return { admittedSeconds: lastSeconds('job-queued'), finishedSeconds: lastSeconds('job-succeeded') };
}
