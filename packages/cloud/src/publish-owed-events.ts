import type { JobRecord } from '@fyrestream/events';
import type { EventPublisher } from './event-publisher.ts';
import type { Ledger } from './ledger/create-ledger.ts';

/**
 * Publishes the pending events of a job, then removes them from its record. After a crash in between they are published
 * again, so each event is published at least once; consumers detect duplicates by `eventId`.
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
