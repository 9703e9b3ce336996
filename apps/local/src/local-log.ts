import { createWriteStream } from 'node:fs';

type LogLine = (fields: Record<string, unknown>, message: string) => void;

/** The part of a pino logger that the local cloud uses. */
export interface LocalLog {
  readonly debug: LogLine;
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
}

/** Appends one JSON line per entry to a file, except `debug` entries. */
export function createFileLog(path: string): LocalLog & { readonly close: () => Promise<void> } {
  const open = () => {
    const opened = createWriteStream(path, { flags: 'a' });
    // The disk is full: the entry is lost, and the next one opens the file again.
    opened.on('error', () => {
      if (stream === opened) stream = null;
    });
    return opened;
  };
  let stream: ReturnType<typeof createWriteStream> | null = null;
  const write =
    (level: string): LogLine =>
    (fields, message) => {
      const entry = { level, time: new Date().toISOString(), ...fields, message };
      stream ??= open();
      stream.write(`${JSON.stringify(entry, errorFields)}\n`);
    };
  return {
    debug: () => {},
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close: () => new Promise((resolve) => (stream === null ? resolve() : stream.end(() => resolve()))),
  };
}

/** JSON.stringify omits the fields of errors. */
function errorFields(_name: string, value: unknown): unknown {
  return value instanceof Error
    ? { ...value, name: value.name, message: value.message, stack: value.stack }
    : value;
}
