import { arn } from '../arn.ts';
import { AwsError } from '../control-plane/aws-error.ts';
import type { AwsService } from '../control-plane/aws-service.ts';
import { createJsonService } from '../control-plane/json-service.ts';
import type { JsonObject } from '../json-value.ts';
import { logGroupNameOf, readFilterRequest } from './filter-request.ts';
import { readLogPage } from './read-log-page.ts';

/** All processes of a function write to one file. */
const logStreamName = 'local';

/** The CloudWatch Logs API: FilterLogEvents. `logFiles` maps the name of each log group to its file. */
export function createLogsService(logFiles: ReadonlyMap<string, string>): AwsService {
  return createJsonService('logs', 'Logs_20140328', {
    FilterLogEvents: {
      permissions: (input) => [
        { action: 'logs:FilterLogEvents', resource: arn.logStreams(logGroupNameOf(input)) },
      ],
      run: (input) => filterLogEvents(logFiles, input),
    },
  });
}

async function filterLogEvents(
  logFiles: ReadonlyMap<string, string>,
  input: JsonObject,
): Promise<JsonObject> {
  const request = readFilterRequest(input);
  const path = logFiles.get(request.logGroupName);
  if (path === undefined) {
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  const { events, nextToken } = await readLogPage(path, request);
  return {
    events: events.map(({ message, timestamp, end }) => ({
      logStreamName,
      timestamp,
      message,
      ingestionTime: timestamp,
      eventId: String(end),
    })),
    searchedLogStreams: [],
    ...(nextToken !== null && { nextToken }),
  };
}
