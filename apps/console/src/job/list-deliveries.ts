import type { JobLog } from '../api/views.ts';
import { parseObject } from './log-entry.ts';

/** What an endpoint did with an event, by the log of the notifier. */
export interface Delivery {
  readonly endpoint: string;
  /** When the endpoint took it first; null if it has not. */
  readonly deliveredAt: string | null;
  /** Why the last attempt failed; null if it has taken the event. */
  readonly failure: string | null;
}

/** The deliveries of each event, by its id. An event that no line names may still wait for its first attempt. */
export function listDeliveries({ lines }: Pick<JobLog, 'lines'>): ReadonlyMap<string, readonly Delivery[]> {
  const deliveries = new Map<string, Map<string, Delivery>>();
  for (const { part, time, text } of lines) {
    const { eventId, endpoint, msg, reason } = (part === 'notifier' && parseObject(text)) || {};
    if (typeof eventId !== 'string' || typeof endpoint !== 'string') continue;
    const ofEvent = deliveries.get(eventId) ?? new Map<string, Delivery>();
    deliveries.set(eventId, ofEvent);
    if (ofEvent.get(endpoint)?.deliveredAt) continue;
    if (msg === 'delivered') ofEvent.set(endpoint, { endpoint, deliveredAt: time, failure: null });
    else if (msg === 'message-failed')
      ofEvent.set(endpoint, { endpoint, deliveredAt: null, failure: messageOf(reason) });
  }
  return new Map([...deliveries].map(([eventId, ofEvent]) => [eventId, [...ofEvent.values()]]));
}

function messageOf(reason: unknown): string {
  return typeof reason === 'object' && reason !== null && 'message' in reason
    ? String(reason.message)
    : 'not known';
}
