import pino, { type Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * JSON lines on standard output. Children carry what they are about (`logger.child({ jobId })`), so that every line
 * about a job names it. Written synchronously: a process that is killed has said all it wanted to say.
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
