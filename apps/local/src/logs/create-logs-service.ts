import { arn } from '../arn.ts';
import { AwsError } from '../control-plane/aws-error.ts';
import type { AwsService } from '../control-plane/aws-service.ts';
import { createJsonService } from '../control-plane/json-service.ts';
import type { JsonObject } from '../json-value.ts';
import { logGroupNameOf, readFilterRequest } from './filter-request.ts';
import type { LogGroups } from './log-groups.ts';
import { formatLogPosition, type LogPosition } from './log-position.ts';
import { readLogPage } from './read-log-page.ts';

/** The CloudWatch Logs API: FilterLogEvents. */
export function createLogsService(groups: LogGroups): AwsService {
  return createJsonService('logs', 'Logs_20140328', {
    FilterLogEvents: {
      permissions: (input) => [
        { action: 'logs:FilterLogEvents', resource: arn.logStreams(logGroupNameOf(input)) },
      ],
      run: (input) => filterLogEvents(groups, input),
    },
  });
}

/** A page has events of one stream, unlike AWS, where streams are mixed by time. It may be empty with others to follow, as there. */
async function filterLogEvents(groups: LogGroups, input: JsonObject): Promise<JsonObject> {
  const request = readFilterRequest(input);
  const listStreams = groups.get(request.logGroupName);
  if (listStreams === undefined) {
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  const streams = await listStreams();
  const first = request.from?.stream ?? '';
  const [stream, next] = streams.filter(({ name }) => name >= first);
  if (stream === undefined) return { events: [], searchedLogStreams: [] };
  const isContinued = request.from !== null && request.from.offset > 0 && stream.name === first;
  const page = await readLogPage(stream.path, { ...request, from: isContinued ? request.from : null });
  const following: LogPosition | null =
    page.next === null
      ? next === undefined
        ? null
        : { stream: next.name, offset: 0, timestamp: 0 }
      : { stream: stream.name, ...page.next };
  return {
    events: page.events.map(({ message, timestamp, end }) => ({
      logStreamName: stream.name,
      timestamp,
      message,
      ingestionTime: timestamp,
      eventId: `${stream.name}:${end}`,
    })),
    searchedLogStreams: [],
    ...(following !== null && { nextToken: formatLogPosition(following) }),
  };
}
