import { localTopology, type Topology } from '../src/topology.ts';

/** The local stack with other bundles and without long waits. */
export function testTopology(bundlePathOf: (name: 'poller' | 'invoker' | 'worker') => string): Topology {
  const { functions, taskDefinition, eventSource } = localTopology;
  return {
    ...localTopology,
    functions: {
      poller: { ...functions.poller, bundlePath: bundlePathOf('poller') },
      invoker: { ...functions.invoker, bundlePath: bundlePathOf('invoker') },
    },
    eventSource: { ...eventSource, pollIntervalSeconds: 0.05, retryAfterSeconds: 0 },
    taskDefinition: { ...taskDefinition, bundlePath: bundlePathOf('worker'), stopTimeoutSeconds: 1 },
    sweep: { busyIntervalSeconds: 600, idleIntervalSeconds: 600 },
  };
}
