import type { JobEvent, JobRecord } from '@fyrestream/events';

/** An event of a job, without what it says. */
export interface ListedJobEvent extends Pick<JobEvent, 'eventId' | 'kind' | 'at'> {
  /** When the event bus had it; null until then. */
  readonly publishedAt: string | null;
}

/** The last events of a job, the oldest first; null for a job that an earlier release admitted, whose record does not keep them. */
export function listJobEvents({
  announced,
  owed,
}: Pick<JobRecord, 'announced' | 'owed'>): ListedJobEvent[] | null {
  if (announced === undefined) return null;
  return [
    ...announced.map(({ announcedAt, ...event }) => ({ ...event, publishedAt: announcedAt })),
    ...owed.map(({ eventId, kind, at }) => ({ eventId, kind, at, publishedAt: null })),
  ];
}
