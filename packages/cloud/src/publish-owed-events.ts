import type { JobRecord } from '@fyrestream/events';
import type { EventPublisher } from './event-publisher.ts';
import type { Ledger } from './ledger/create-ledger.ts';

/**
 * Tells the outside what a job owes, then strikes it off the record. A crash in between tells it twice, never not at all;
 * listeners go by `eventId`.
 */
export async function publishOwedEvents(
  ledger: Ledger,
  events: EventPublisher,
  job: JobRecord,
): Promise<JobRecord> {
  if (job.owed.length === 0) return job;
  await events.publish(job.owed);
  const eventIds = job.owed.map((event) => event.eventId);
  return (await ledger.advance(job.jobId, { kind: 'announced', eventIds })).job;
}
