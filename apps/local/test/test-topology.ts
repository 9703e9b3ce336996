import { localTopology, type Topology } from '../src/topology.ts';

type BundleName = 'poller' | 'invoker' | 'notifier' | 'worker';

/** The local stack without long waits, with the built bundles or others. */
export function testTopology(bundlePathOf: (name: BundleName) => string = builtBundle): Topology {
  const { functions, taskDefinition, eventSource } = localTopology;
  const keepWarmSeconds = 600;
  return {
    ...localTopology,
    functions: {
      // A slow machine takes long to start a process, and the next event may be late; Lambda's own limits are for AWS.
      poller: {
        ...functions.poller,
        bundlePath: bundlePathOf('poller'),
        timeoutSeconds: 900,
        keepWarmSeconds,
      },
      invoker: {
        ...functions.invoker,
        bundlePath: bundlePathOf('invoker'),
        timeoutSeconds: 600,
        keepWarmSeconds,
      },
      notifier: {
        ...functions.notifier,
        bundlePath: bundlePathOf('notifier'),
        timeoutSeconds: 600,
        keepWarmSeconds,
      },
    },
    eventSource: { ...eventSource, pollIntervalSeconds: 0.05, retryAfterSeconds: 0 },
    taskDefinition: { ...taskDefinition, bundlePath: bundlePathOf('worker'), stopTimeoutSeconds: 1 },
    sweep: { busyIntervalSeconds: 600, idleIntervalSeconds: 600 },
  };
}

function builtBundle(name: BundleName): string {
  const { functions, taskDefinition } = localTopology;
  return name === 'worker' ? taskDefinition.bundlePath : functions[name].bundlePath;
}
