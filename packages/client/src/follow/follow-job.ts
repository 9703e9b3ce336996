import { ApiError } from '../api-error.ts';
import type { components } from '../api-schema.ts';
import type { Client } from '../create-client.ts';
import { pause } from './pause.ts';
import { readEvents } from './read-events.ts';

export type JobDetail = components['schemas']['JobDetail'];

export interface FollowOptions {
  readonly signal?: AbortSignal;
  /** A job has a record when the event of its upload is processed: 60. */
  readonly appearsWithinSeconds?: number;
}

const pauseMilliseconds = 1_000;
const overStatuses = new Set<JobDetail['status']>(['succeeded', 'failed', 'cancelled']);

/**
 * A job after each of its changes, until it is over. Connects again where the connection breaks.
 * @throws ApiError `job-not-found` if it does not appear; what does not pass by itself
 */
export async function* followJob(
  client: Client,
  jobId: string,
  { signal = new AbortController().signal, appearsWithinSeconds = 60 }: FollowOptions = {},
): AsyncGenerator<JobDetail> {
  const path = `/v1/jobs/${encodeURIComponent(jobId)}/events`;
  const missingUntil = Date.now() + appearsWithinSeconds * 1_000;
  let isKnown = false;
  while (!signal.aborted) {
    try {
      for await (const job of readEvents<JobDetail>(client, path, signal)) {
        isKnown = true;
        yield job;
        if (overStatuses.has(job.status)) return;
      }
    } catch (error) {
      if (signal.aborted) break;
      const isMissing = error instanceof ApiError && error.code === 'job-not-found' && !isKnown;
      const mayPass = error instanceof TypeError || (error instanceof ApiError && error.retryable);
      if (!(mayPass || (isMissing && Date.now() < missingUntil))) throw error;
    }
    await pause(pauseMilliseconds, signal);
  }
  signal.throwIfAborted();
}
