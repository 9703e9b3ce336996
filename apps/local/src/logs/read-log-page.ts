import { stat } from 'node:fs/promises';
import { isJsonObject } from '../json-value.ts';
import type { FilterRequest } from './filter-request.ts';
import type { LogPosition } from './log-position.ts';
import { readLines } from './read-lines.ts';

export interface LogEvent {
  readonly message: string;
  /** In milliseconds since 1970. */
  readonly timestamp: number;
  /** The byte offset after the event in its file; unique within the log. */
  readonly end: number;
}

export interface LogPage {
  readonly events: readonly LogEvent[];
  /** Null at the end of the log. */
  readonly next: Omit<LogPosition, 'stream'> | null;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const maxBytes = 1024 * 1024;

/** One page of the matching events of a log file; empty where the file does not exist yet. */
export async function readLogPage(
  path: string,
  request: Pick<FilterRequest, 'startTime' | 'endTime' | 'matches' | 'limit' | 'from'>,
): Promise<LogPage> {
  const file = await stat(path).catch(() => null);
  if (file === null) return { events: [], next: null };
  const { startTime, endTime, matches, limit, from } = request;
  let timestamp = from?.timestamp ?? Math.floor(file.birthtimeMs);
  const events: LogEvent[] = [];
  let bytes = 0;
  for await (const { text, end } of readLines(path, from?.offset ?? 0)) {
    timestamp = timeOf(text) ?? timestamp;
    if (timestamp < startTime || timestamp > endTime || !matches(text)) continue;
    events.push({ message: text, timestamp, end });
    bytes += Buffer.byteLength(text);
    if (events.length < limit && bytes < maxBytes) continue;
    return { events, next: { offset: end, timestamp } };
  }
  return { events, next: null };
}

/** The time in a JSON line; null for other lines, such as those of a stack trace, which belong to the previous line. */
function timeOf(line: string): number | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry: unknown = JSON.parse(line);
    const time = isJsonObject(entry) && typeof entry.time === 'string' ? Date.parse(entry.time) : Number.NaN;
    return Number.isNaN(time) ? null : time;
  } catch {
    return null;
  }
}
