import type { StackNames } from '../names/stack-names.ts';

/** What the invoker writes into its log for each thing that a sweep could not mend. */
export const sweepTroubleMessage = 'sweep-in-trouble';

/** The metric that these lines are counted in. */
export function sweepTroubleMetric(names: StackNames) {
  return { namespace: 'Fyrestream', metricName: names.of('sweep-in-trouble') };
}
