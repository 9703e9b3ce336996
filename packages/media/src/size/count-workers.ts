import type { TaskSize } from '@fyrestream/events';
import type { PlannedUnit } from '../plan/encode-plan.ts';
import type { EncodeWork } from './encode-work.ts';
import { estimateCpuSeconds } from './estimate-cpu.ts';

/** The settings of a stack that determine how many workers a job gets. */
export interface WorkerLimits {
  readonly maxWorkersPerJob: number;
  /** The time within which a job should be encoded. */
  readonly targetMinutes: number;
}

/**
 * How many equal workers encode the work within the target time, the leading one included: at least one, at most as many as
 * there are video units.
 */
export function countWorkers(
  work: EncodeWork,
  task: TaskSize,
  { units }: { readonly units: readonly Pick<PlannedUnit, 'kind'>[] },
  { maxWorkersPerJob, targetMinutes }: WorkerLimits,
): number {
  const seconds = estimateCpuSeconds(work) / (task.cpuUnits / 1024);
  const wanted = Math.ceil(seconds / (targetMinutes * 60));
  const videoUnits = units.filter(({ kind }) => kind === 'video').length;
  return Math.max(1, Math.min(wanted, maxWorkersPerJob, videoUnits));
}
