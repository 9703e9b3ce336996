/** How far a log file was read: what a `nextToken` says. */
export interface LogPosition {
  /** The byte at which the next line begins. */
  readonly offset: number;
  /** The time of the line before, in milliseconds since 1970: lines without a time of their own take it. */
  readonly timestamp: number;
}

export function formatLogPosition({ offset, timestamp }: LogPosition): string {
  return `${offset}-${timestamp}`;
}

/** Null where the text is no position. */
export function parseLogPosition(text: string): LogPosition | null {
  const [, offset, timestamp] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  return offset === undefined ? null : { offset: Number(offset), timestamp: Number(timestamp) };
}
