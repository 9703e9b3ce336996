import {
  CloudWatchLogsClient,
  CloudWatchLogsServiceException,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { FyrestreamError, type Reason, reasonSchema } from '@fyrestream/events';
import { z } from 'zod';
import { type Connection, clientConfiguration } from './connection.ts';

/** The log line of the poller for a message that failed. */
const failureSchema = z.object({
  msg: z.literal('message-failed'),
  messageId: z.string().min(1),
  reason: reasonSchema,
});

/** Other lines with this text are excluded by the schema. */
const filterPattern = '"message-failed"';

export type PollerLogReader = ReturnType<typeof createPollerLogReader>;

/**
 * Reads the reasons of failed messages from the log group of the poller.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export function createPollerLogReader(connection: Connection, logGroupName: string) {
  const client = new CloudWatchLogsClient(clientConfiguration(connection, 'logs'));
  return {
    /**
     * @returns the last failure reason of each message, by message id
     * @throws FyrestreamError `log-unreadable` if CloudWatch Logs refuses; the reason of the signal if it is aborted
     */
    async readReasons(since: Date, signal: AbortSignal): Promise<ReadonlyMap<string, Reason>> {
      const reasons = new Map<string, Reason>();
      const query = { logGroupName, startTime: since.getTime(), filterPattern };
      try {
        // Events are ordered by time. An empty page may be followed by others.
        for await (const { events = [] } of paginateFilterLogEvents({ client }, query)) {
          signal.throwIfAborted();
          for (const { message = '' } of events) {
            const failure = failureSchema.safeParse(parse(message));
            if (failure.success) reasons.set(failure.data.messageId, failure.data.reason);
          }
        }
      } catch (error) {
        throw error instanceof CloudWatchLogsServiceException ? unreadable(logGroupName, error) : error;
      }
      return reasons;
    },
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null; // a line of the Lambda runtime, or truncated because the process was killed
  }
}

function unreadable(logGroupName: string, error: CloudWatchLogsServiceException): FyrestreamError {
  return new FyrestreamError({
    code: 'log-unreadable',
    message: `The log group ${logGroupName} cannot be read (${error.name}): ${error.message}`,
    retryable: error.$retryable !== undefined || error.$fault === 'server',
    cause: error,
  });
}
