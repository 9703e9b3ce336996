import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { FyrestreamError, type JobEvent, jobEventSource } from '@fyrestream/events';
import { type Connection, clientConfiguration } from './connection.ts';

/** PutEvents accepts 10 entries. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const entriesPerCall = 10;

export type EventPublisher = ReturnType<typeof createEventPublisher>;

export function createEventPublisher(connection: Connection, eventBus: string) {
  const client = new EventBridgeClient(clientConfiguration(connection, 'eventbridge'));
  return {
    /** @throws FyrestreamError `event-not-published` if the bus refused an event: PutEvents answers 200 also then */
    async publish(events: JobEvent[]): Promise<void> {
      for (let index = 0; index < events.length; index += entriesPerCall) {
        const result = await client.send(
          new PutEventsCommand({
            Entries: events.slice(index, index + entriesPerCall).map((event) => ({
              EventBusName: eventBus,
              Source: jobEventSource,
              DetailType: event.kind,
              Time: new Date(event.at),
              Detail: JSON.stringify(event),
            })),
          }),
        );
        const refused = result.Entries?.find((entry) => entry.ErrorCode);
        if (refused) {
          throw new FyrestreamError({
            code: 'event-not-published',
            message: `The event bus refused an event: ${refused.ErrorCode} ${refused.ErrorMessage ?? ''}`,
            retryable: true,
          });
        }
      }
    },
  };
}
