import type { Violation } from '../violations/violation.ts';
import { type ComponentOverrides, noOverrides } from './component-overrides.ts';
import { createFaults } from './create-faults.ts';
import { createRandom } from './create-random.ts';
import { createSimulatedPipeline } from './create-simulated-pipeline.ts';
import { createVirtualTime } from './create-virtual-time.ts';
import { drawCrowd, faultMinutes } from './draw-crowd.ts';
import type { FaultRates } from './fault-rates.ts';
import { createInvariantChecker } from './invariant-checker.ts';
import { releaseHeldJobs } from './release-held-jobs.ts';
import { scheduleUserActions } from './schedule-user-actions.ts';
import type { Simulation } from './simulation.ts';

export interface ScheduleResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly jobs: number;
  readonly tasks: number;
}

export interface ScheduleOptions {
  readonly overrides?: ComponentOverrides | undefined;
  /** These faults and no others, instead of faults drawn from the seed. */
  readonly rates?: Partial<FaultRates> | undefined;
  readonly trace?: ((line: string) => void) | undefined;
}

const startAt = Date.UTC(2026, 0, 1);
const minute = 60_000;
/** How long the pipeline may take to become quiet after the last fault. */
const maxRecoveryMilliseconds = 8 * 60 * minute;

/**
 * Runs one schedule: users upload while faults occur, then the faults stop, and when all is quiet the guarantee is checked.
 * The same seed gives the same schedule, microtask by microtask.
 */
export async function runSchedule(
  seed: number,
  { overrides = noOverrides, rates, trace }: ScheduleOptions = {},
): Promise<ScheduleResult> {
  const random = createRandom(seed);
  const crowd = rates === undefined ? drawCrowd(random) : null;
  const time = createVirtualTime(startAt);
  const simulation: Simulation = {
    time,
    random,
    faults: createFaults(random, rates ?? crowd?.rates ?? undefined),
    trace: (line) => trace?.(`${((time.now() - startAt) / 1_000).toFixed(3).padStart(10)} ${line()}`),
  };
  trace?.(JSON.stringify(simulation.faults.rates));
  const invariants = createInvariantChecker(time.now, crowd);
  const { violations } = invariants;
  const pipeline = createSimulatedPipeline(simulation, overrides, invariants);
  scheduleUserActions(simulation, pipeline, invariants, crowd);

  const faultsEndAt = startAt + random.between(...(crowd?.faultMinutes ?? faultMinutes)) * minute;
  let isQuiet = false;
  const checkEveryMinute = () => {
    if (time.now() >= faultsEndAt) {
      simulation.faults.stop();
      releaseHeldJobs(pipeline, invariants.heldJobIds());
      isQuiet = invariants.isQuiet(pipeline);
    }
    time.after(minute, checkEveryMinute);
  };
  time.after(minute, checkEveryMinute);
  const isOver = () => isQuiet || violations.length > 0 || time.now() > faultsEndAt + maxRecoveryMilliseconds;
  await time.run(isOver);

  if (isQuiet && pipeline.uploads.deadLetters().length + pipeline.control.deadLetters().length > 0) {
    trace?.('redrive');
    const finishedJobIds = new Set(invariants.jobIds());
    const tasksBefore = pipeline.tasks.all().length;
    pipeline.uploads.redrive();
    pipeline.control.redrive();
    isQuiet = false;
    await time.run(isOver);
    const newTasks = pipeline.tasks.all().slice(tasksBefore);
    const restarted = newTasks.find((task) => finishedJobIds.has(task.startedBy));
    if (restarted) {
      const message = `a redriven dead letter started the finished job ${restarted.startedBy} again`;
      violations.push({ kind: 'doubled', message });
    }
  }
  if (violations.length === 0) invariants.checkAll(pipeline);
  return { seed, violations, jobs: invariants.jobIds().length, tasks: pipeline.tasks.all().length };
}
