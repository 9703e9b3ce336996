export interface LogEntry {
  /** Null where the line is not one of our own parts: of a runtime, or of a crash. */
  readonly level: string | null;
  readonly message: string;
  /** `unitId=audio seconds=3.2` */
  readonly fields: string;
}

/** Known from the page, or shown in columns of their own. */
const leftOut = new Set(['level', 'msg', 'time', 'name', 'jobId']);

/** A line of a log, as a part wrote it. */
export function parseLogEntry(text: string): LogEntry {
  const entry = parseObject(text);
  if (entry === null || typeof entry.level !== 'string') return { level: null, message: text, fields: '' };
  const fields = Object.entries(entry)
    .filter(([name]) => !leftOut.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return {
    level: entry.level,
    message: typeof entry.msg === 'string' ? entry.msg : '',
    fields: fields.join(' '),
  };
}

/** @returns null for a line that is no JSON object */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
