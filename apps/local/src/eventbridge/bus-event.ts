import { randomUUID } from 'node:crypto';
import { accountId, region } from '../arn.ts';
import type { JsonObject } from '../json-value.ts';

/** An event without an id, which the bus adds. `time` is ISO 8601. */
export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** The event that rules match and targets receive. @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export type EventEnvelope = ReturnType<typeof toEnvelope>;

export function toEnvelope(event: BusEvent) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': event.detailType,
    source: event.source,
    account: accountId,
    time: event.time,
    region,
    resources: event.resources,
    detail: event.detail,
  };
}
