import pino, { type Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * JSON lines on standard output. A child logger (`logger.child({ jobId })`) adds its fields to every line. Lines are written
 * synchronously, so that none is lost when the process is killed.
 */
export function createLogger(name: string, level: string): Logger {
  return pino(
    {
      name,
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      errorKey: 'error',
    },
    pino.destination({ dest: 1, sync: true }),
  );
}
