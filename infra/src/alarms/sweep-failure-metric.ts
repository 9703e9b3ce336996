import type { StackNames } from '../names/stack-names.ts';

/** Log message that the invoker writes for each problem that a sweep could not solve. */
export const sweepFailureLogMessage = 'sweep-in-trouble';

/** The metric that counts these log lines. */
export function sweepFailureMetric(names: StackNames) {
  return { namespace: 'Fyrestream', metricName: names.resource('sweep-in-trouble') };
}
