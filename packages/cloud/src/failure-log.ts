import {
  CloudWatchLogsClient,
  CloudWatchLogsServiceException,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { FyrestreamError, type Reason, reasonSchema } from '@fyrestream/events';
import { z } from 'zod';
import { type Connection, clientConfiguration } from './connection.ts';

/** What the poller logs of a message that it could not deal with. */
const failureSchema = z.object({
  msg: z.literal('message-failed'),
  messageId: z.string().min(1),
  reason: reasonSchema,
});

/** Whoever only mentions the words is told apart by the schema. */
const filterPattern = '"message-failed"';

export type FailureLog = ReturnType<typeof createFailureLog>;

/**
 * What the poller's log group says of messages that failed.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export function createFailureLog(connection: Connection, logGroupName: string) {
  const client = new CloudWatchLogsClient(clientConfiguration(connection, 'logs'));
  return {
    /**
     * The last reason for which each message failed, by the id of the message.
     * @throws FyrestreamError `log-unreadable` where CloudWatch Logs refuses; the reason of the signal
     */
    async readReasons(since: Date, signal: AbortSignal): Promise<ReadonlyMap<string, Reason>> {
      const reasons = new Map<string, Reason>();
      const query = { logGroupName, startTime: since.getTime(), filterPattern };
      try {
        // Events come in the order of their time. A page may be empty and others still follow.
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
    return null; // not a line of the poller's own, or cut where its process was killed
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
