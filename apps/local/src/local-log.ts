import { createWriteStream } from 'node:fs';

type LogLine = (fields: Record<string, unknown>, message: string) => void;

/** The part of a pino logger that the local cloud uses. */
export interface LocalLog {
  readonly debug: LogLine;
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
}

/** One JSON line per entry, appended to a file; `debug` is left out. */
export function createFileLog(path: string): LocalLog & { readonly close: () => Promise<void> } {
  const stream = createWriteStream(path, { flags: 'a' });
  const write =
    (level: string): LogLine =>
    (fields, message) => {
      stream.write(`${JSON.stringify({ level, time: new Date().toISOString(), ...fields, message })}\n`);
    };
  return {
    debug: () => {},
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}
