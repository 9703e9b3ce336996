/** The position in a log that a `nextToken` encodes. */
export interface LogPosition {
  readonly stream: string;
  /** The byte offset of the next line. */
  readonly offset: number;
  /** The time of the previous line, in milliseconds since 1970; lines without a time use it. */
  readonly timestamp: number;
}

export function formatLogPosition({ offset, timestamp, stream }: LogPosition): string {
  return `${offset}-${timestamp}-${stream}`;
}

/** Null where the text is not a position. */
export function parseLogPosition(text: string): LogPosition | null {
  const [, offset, timestamp, stream] = /^(\d{1,15})-(\d{1,15})-(.+)$/.exec(text) ?? [];
  if (offset === undefined || stream === undefined) return null;
  return { stream, offset: Number(offset), timestamp: Number(timestamp) };
}
