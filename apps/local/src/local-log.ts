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
  const stream = createWriteStream(path, { flags: 'a' });
  const write =
    (level: string): LogLine =>
    (fields, message) => {
      const entry = { level, time: new Date().toISOString(), ...fields, message };
      stream.write(`${JSON.stringify(entry, errorFields)}\n`);
    };
  return {
    debug: () => {},
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}

/** JSON.stringify omits the fields of errors. */
function errorFields(_name: string, value: unknown): unknown {
  return value instanceof Error
    ? { ...value, name: value.name, message: value.message, stack: value.stack }
    : value;
}
