/** The position in a log file that a `nextToken` encodes. */
export interface LogPosition {
  /** The byte offset of the next line. */
  readonly offset: number;
  /** The time of the previous line, in milliseconds since 1970; lines without a time use it. */
  readonly timestamp: number;
}

export function formatLogPosition({ offset, timestamp }: LogPosition): string {
  return `${offset}-${timestamp}`;
}

/** Null where the text is not a position. */
export function parseLogPosition(text: string): LogPosition | null {
  const [, offset, timestamp] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  return offset === undefined ? null : { offset: Number(offset), timestamp: Number(timestamp) };
}
