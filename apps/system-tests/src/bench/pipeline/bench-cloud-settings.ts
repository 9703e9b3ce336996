import type { localTopology } from '@fyrestream/local';

/** How the cloud of a benchmark differs from the stack `local`. */
export interface BenchCloudSettings {
  /** The module that runs in place of the worker. */
  readonly workerBundle?: string;
  readonly topology?: Partial<Omit<typeof localTopology, 'taskDefinition'>>;
}
