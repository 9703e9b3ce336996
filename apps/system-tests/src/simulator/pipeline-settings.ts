import type { Random } from './create-random.ts';
import type { EventSourceLimits } from './services/create-simulated-queue.ts';

export interface PipelineSettings {
  readonly maxConcurrentTasks: number;
  readonly maxWorkersPerJob: number;
  /** Of both queues. */
  readonly eventSource: EventSourceLimits;
  /** Decides the units of jobs and the times of their stages. */
  readonly mediaRandom: Random;
}

/** The settings of one schedule. */
export function drawPipelineSettings(random: Random): PipelineSettings {
  return {
    maxConcurrentTasks: random.pick([1, 3, 6]),
    maxWorkersPerJob: random.pick([1, 2, 4]),
    eventSource: { maxConcurrency: Number.POSITIVE_INFINITY, oldestFirst: false },
    mediaRandom: random,
  };
}
