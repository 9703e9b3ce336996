export interface TimeRange {
  readonly startMilliseconds: number;
  /** Null if the end is not after the start. */
  readonly durationMilliseconds: number | null;
}

const clock = String.raw`(-?)(?:(\d{1,4})\s*:\s*)?(\d{1,3})\s*:\s*(\d{1,2})(?:\s*[,.:;]\s*(\d{1,9}))?`;
/** Editors turn `--` into a dash, which is one unknown character in the wrong encoding. */
const pattern = new RegExp(String.raw`^${clock}\s*[-\u2013\u2014\ufffd]{1,3}>\s*${clock}`);
/** A longer line has no times; positions follow them. */
const maxLineLength = 256;

/**
 * The times of a cue by its line in a SubRip or WebVTT file: hours are optional, and the separators of both formats are
 * accepted. Whatever follows the times is ignored. Null if it is no such line.
 * Source: W3C WebVTT, 4.3.3; https://wiki.videolan.org/SubRip
 */
export function readTimeRange(line: string): TimeRange | null {
  const match = pattern.exec(line.slice(0, maxLineLength).trimStart());
  if (match === null) return null;
  const fields = match.slice(1);
  const startMilliseconds = milliseconds(fields.slice(0, 5));
  const duration = milliseconds(fields.slice(5)) - startMilliseconds;
  return { startMilliseconds, durationMilliseconds: duration > 0 ? duration : null };
}

function milliseconds([sign, hours, minutes, seconds, fraction]: readonly (string | undefined)[]): number {
  const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
  const value = whole * 1_000 + Math.round(Number(`0.${fraction ?? 0}`) * 1_000);
  return sign === '-' ? -value : value;
}
