import type { StackNames } from '../names/stack-names.ts';

/** Log messages of the invoker that are counted for an alarm. */
export const countedLogMessages = [
  /** A sweep could not solve a problem. */
  'sweep-in-trouble',
  /** AWS has not started the task of a job for an hour. */
  'launch-blocked',
] as const;

/** The metric that counts the log lines with that message. */
export function logMetric(names: StackNames, message: (typeof countedLogMessages)[number]) {
  return { namespace: 'Fyrestream', metricName: names.resource(message) };
}
