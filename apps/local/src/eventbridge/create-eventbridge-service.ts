import { arn } from '../arn.ts';
import { AwsError } from '../control-plane/aws-error.ts';
import type { AwsService } from '../control-plane/aws-service.ts';
import { createJsonService } from '../control-plane/json-service.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import type { BusEvent } from './bus-event.ts';
import type { EventBus } from './create-event-bus.ts';

const maxEntries = 10;

/** The EventBridge API: PutEvents for one bus. */
export function createEventbridgeService(
  busName: string,
  bus: EventBus,
  nowMilliseconds: () => number,
): AwsService {
  return createJsonService('events', 'AWSEvents', {
    PutEvents: {
      permissions: (input) =>
        [...new Set(entriesOf(input).map((entry) => busOf(entry)))].map((name) => ({
          action: 'events:PutEvents',
          resource: arn.eventBus(name),
        })),
      run: async (input) => {
        const entries = entriesOf(input);
        if (entries.length === 0 || entries.length > maxEntries) {
          throw new AwsError('ValidationException', `Entries must have 1 to ${maxEntries} members.`);
        }
        const results = await Promise.all(
          entries.map((entry) => put(entry, busName, bus, nowMilliseconds())),
        );
        const failed = results.filter((result) => 'ErrorCode' in result);
        return { FailedEntryCount: failed.length, Entries: results };
      },
    },
  });
}

/** An invalid entry does not affect the others. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
async function put(
  entry: JsonObject,
  busName: string,
  bus: EventBus,
  nowMilliseconds: number,
): Promise<JsonObject> {
  if (busOf(entry) !== busName) {
    return {
      ErrorCode: 'ResourceNotFoundException',
      ErrorMessage: `Event bus ${busOf(entry)} does not exist.`,
    };
  }
  const event = readEntry(entry, nowMilliseconds);
  return 'ErrorCode' in event ? event : { EventId: await bus.publish(event as BusEvent) };
}

function readEntry(entry: JsonObject, nowMilliseconds: number): BusEvent | JsonObject {
  const { Source: source, DetailType: detailType, Detail: text, Time: time, Resources: resources } = entry;
  if (typeof source !== 'string' || source === '') return invalidArgument('Source');
  if (typeof detailType !== 'string' || detailType === '') return invalidArgument('DetailType');
  if (typeof text !== 'string') return invalidArgument('Detail');
  // The sources of AWS's own events, such as stopped tasks.
  if (source.startsWith('aws.')) {
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  }
  const detail = parseDetail(text);
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return {
    source,
    detailType,
    // EventBridge uses whole seconds.
    time: `${new Date(typeof time === 'number' ? time * 1000 : nowMilliseconds).toISOString().slice(0, 19)}Z`,
    resources: Array.isArray(resources) ? resources.map(String) : [],
    detail,
  };
}

function parseDetail(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function invalidArgument(name: string): JsonObject {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  };
}

function entriesOf(input: JsonObject): JsonObject[] {
  return Array.isArray(input.Entries) ? input.Entries.filter(isJsonObject) : [];
}

/** A bus may be named by its ARN. */
function busOf(entry: JsonObject): string {
  const name = entry.EventBusName;
  return typeof name === 'string' ? (name.split('event-bus/').at(-1) ?? name) : 'default';
}
