import type { components } from '../api-schema.ts';
import type { Client } from '../create-client.ts';
import { readEvents } from './read-events.ts';

export type Job = components['schemas']['Job'];

/**
 * Every job after each of its changes, until the stream ends: then read the list of jobs, and follow again.
 * @throws ApiError; TypeError if the connection breaks; the reason of the signal
 */
export function followJobs(client: Client, signal: AbortSignal): AsyncGenerator<Job> {
  return readEvents<Job>(client, '/v1/events', signal);
}
