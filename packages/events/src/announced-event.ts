import { z } from 'zod';
import { type JobEvent, jobEventSchema } from './job-event.ts';

/** An event that was published, as the record of its job keeps it. */
export const announcedEventSchema = z.strictObject({
  ...jobEventSchema.pick({ eventId: true, kind: true, at: true }).shape,
  /** When the event bus had it. */
  announcedAt: z.iso.datetime(),
});
export type AnnouncedEvent = z.infer<typeof announcedEventSchema>;

/** A record has 400 KB at most, and a person may retry a job at any time. */
export const maxAnnouncedEvents = 100;

/** The events of a record, those that are to be published and those that were. */
interface JobEvents {
  readonly owed: JobEvent[];
  readonly announced?: AnnouncedEvent[] | undefined;
}

/** The events of a record once some of them are published. */
export function announce(
  { owed, announced }: JobEvents,
  eventIds: readonly string[],
  announcedAt: string,
): { owed: JobEvent[]; announced?: AnnouncedEvent[] } {
  const isAnnounced = ({ eventId }: JobEvent) => eventIds.includes(eventId);
  const rest = owed.filter((event) => !isAnnounced(event));
  if (announced === undefined) return { owed: rest };
  const added = owed.filter(isAnnounced).map(({ eventId, kind, at }) => ({ eventId, kind, at, announcedAt }));
  return { owed: rest, announced: [...announced, ...added].slice(-maxAnnouncedEvents) };
}
