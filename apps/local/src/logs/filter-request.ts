import { AwsError } from '../control-plane/aws-error.ts';
import type { JsonObject } from '../json-value.ts';
import { type LogPosition, parseLogPosition } from './log-position.ts';
import { parseFilterPattern } from './parse-filter-pattern.ts';

/** The parameters of a FilterLogEvents call. Times are in milliseconds since 1970, both inclusive. */
export interface FilterRequest {
  readonly logGroupName: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly matches: (message: string) => boolean;
  /** The max number of events in one page. */
  readonly limit: number;
  readonly from: LogPosition | null;
}

const known = new Set(['logGroupName', 'startTime', 'endTime', 'filterPattern', 'limit', 'nextToken']);
const maxEvents = 10_000;

/**
 * Validates a FilterLogEvents call; parameters that the local cloud does not support are refused.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 * @throws AwsError `InvalidParameterException`
 */
export function readFilterRequest(input: JsonObject): FilterRequest {
  const unsupported = Object.keys(input).find((name) => !known.has(name));
  if (unsupported !== undefined) throw invalid(`The local cloud does not support ${unsupported}.`);
  const token = optionalText(input, 'nextToken');
  return {
    logGroupName: logGroupNameOf(input),
    startTime: wholeNumber(input, 'startTime', { from: 0, otherwise: 0 }),
    endTime: wholeNumber(input, 'endTime', { from: 0, otherwise: Number.MAX_SAFE_INTEGER }),
    matches: parseFilterPattern(optionalText(input, 'filterPattern') ?? ''),
    limit: wholeNumber(input, 'limit', { from: 1, to: maxEvents, otherwise: maxEvents }),
    from: token === null ? null : positionOf(token),
  };
}

/** @throws AwsError `InvalidParameterException` */
export function logGroupNameOf(input: JsonObject): string {
  const name = optionalText(input, 'logGroupName');
  if (name === null || name === '') throw invalid('logGroupName is missing.');
  return name;
}

function positionOf(token: string): LogPosition {
  const position = parseLogPosition(token);
  if (position === null) throw invalid('The specified nextToken is invalid.');
  return position;
}

function optionalText(input: JsonObject, name: string): string | null {
  const value = input[name];
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  throw invalid(`${name} must be a string.`);
}

function wholeNumber(
  input: JsonObject,
  name: string,
  { from, to = Number.MAX_SAFE_INTEGER, otherwise }: { from: number; to?: number; otherwise: number },
): number {
  const value = input[name];
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= from && value <= to) return value;
  throw invalid(`${name} must be a whole number from ${from} to ${to}.`);
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
