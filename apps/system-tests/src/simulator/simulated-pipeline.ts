import type { Ledger } from '@fyrestream/cloud';
import type { SimulatedBuckets } from './services/create-simulated-buckets.ts';
import type { SimulatedQueue } from './services/create-simulated-queue.ts';
import type { SimulatedTasks } from './services/create-simulated-tasks.ts';
import type { SimulatedProcess } from './simulated-process.ts';

export const sourceBucket = 'source';
export const outputBucket = 'outputs';
/** The names of processes with this prefix are workers beside the leading one. */
export const additionalWorkerPrefix = 'worker-additional-';

/** The whole pipeline: real handlers and workers, simulated services. */
export interface SimulatedPipeline {
  readonly buckets: SimulatedBuckets;
  readonly uploads: SimulatedQueue;
  readonly control: SimulatedQueue;
  readonly tasks: SimulatedTasks;
  /** As the invoker is configured. */
  readonly maxConcurrentTasks: number;
  /** All processes that have not ended. */
  readonly processes: ReadonlySet<SimulatedProcess>;
  /** The ledger as a process sees it. */
  ledgerFor(process: SimulatedProcess): Ledger;
  start(name: string, main: (self: SimulatedProcess) => Promise<unknown>): void;
}
