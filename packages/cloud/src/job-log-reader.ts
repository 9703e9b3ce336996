import {
  CloudWatchLogsClient,
  CloudWatchLogsServiceException,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { FyrestreamError } from '@fyrestream/events';
import { type Connection, clientConfiguration } from './connection.ts';

/** A line of a log that names a job. */
export interface JobLogLine {
  readonly part: JobLogPart;
  /** ISO 8601. */
  readonly time: string;
  /** Which task or process wrote it. */
  readonly stream: string;
  /** As it was written: usually JSON. */
  readonly text: string;
}

export const jobLogParts = ['poller', 'invoker', 'worker', 'notifier'] as const;
export type JobLogPart = (typeof jobLogParts)[number];

export type JobLogGroups = Readonly<Partial<Record<JobLogPart, string>>>;

export type JobLogReader = ReturnType<typeof createJobLogReader>;

/**
 * Reads what all parts of a stack logged about one job.
 * @param groups the log group of each part; a stack without webhooks has no notifier
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export function createJobLogReader(connection: Connection, groups: JobLogGroups) {
  const client = new CloudWatchLogsClient(clientConfiguration(connection, 'logs'));
  const readPart = async (part: JobLogPart, { jobId, since, signal }: JobLogQuery): Promise<JobLogLine[]> => {
    const logGroupName = groups[part];
    const lines: JobLogLine[] = [];
    if (logGroupName === undefined) return lines;
    // A term in quotes: each line that contains it.
    const query = { logGroupName, startTime: since.getTime(), filterPattern: `"${jobId}"` };
    try {
      // An empty page may be followed by others.
      for await (const { events = [] } of paginateFilterLogEvents({ client }, query)) {
        signal.throwIfAborted();
        for (const { message = '', timestamp = 0, logStreamName = '' } of events) {
          const time = new Date(timestamp).toISOString();
          lines.push({ part, time, stream: logStreamName, text: message.trimEnd() });
        }
      }
    } catch (error) {
      throw error instanceof CloudWatchLogsServiceException ? unreadable(logGroupName, error) : error;
    }
    return lines;
  };
  return {
    /**
     * @returns the lines of all parts in the order of time
     * @throws FyrestreamError `log-unreadable` if CloudWatch Logs refuses; the reason of the signal if it is aborted
     */
    async read(query: JobLogQuery): Promise<JobLogLine[]> {
      const ofEach = await Promise.all(jobLogParts.map((part) => readPart(part, query)));
      return ofEach.flat().toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    },
  };
}

export interface JobLogQuery {
  readonly jobId: string;
  readonly since: Date;
  readonly signal: AbortSignal;
}

function unreadable(logGroupName: string, error: CloudWatchLogsServiceException): FyrestreamError {
  return new FyrestreamError({
    code: 'log-unreadable',
    message: `The log group ${logGroupName} cannot be read (${error.name}): ${error.message}`,
    retryable: error.$retryable !== undefined || error.$fault === 'server',
    cause: error,
  });
}
