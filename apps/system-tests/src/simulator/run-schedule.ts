import { createWorld } from './create-world.ts';
import { createFaults, type Rates } from './fault-rates.ts';
import { everyGuard, type Guards } from './guards.ts';
import { createInvariants } from './invariants.ts';
import { createRandom } from './random.ts';
import type { Simulation } from './simulated-process.ts';
import { performUserActions, releaseHeld } from './user-actions.ts';
import type { Violation } from './violation.ts';
import { createVirtualTime } from './virtual-time.ts';

export interface Verdict {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly jobs: number;
  readonly tasks: number;
}

export interface ScheduleOptions {
  readonly guards?: Guards | undefined;
  /** The weather, where it is not left to chance: these faults and no others. */
  readonly rates?: Partial<Rates> | undefined;
  readonly trace?: ((line: string) => void) | undefined;
}

const startAt = Date.UTC(2026, 0, 1);
const minute = 60_000;
const patience = 8 * 60 * minute;

/**
 * One schedule: people upload, the weather does its worst, clears up, and when all is quiet the guarantee is checked.
 * The same seed is the same schedule, to the last microtask.
 */
export async function runSchedule(
  seed: number,
  { guards = everyGuard, rates, trace }: ScheduleOptions = {},
): Promise<Verdict> {
  const random = createRandom(seed);
  const time = createVirtualTime(startAt);
  const simulation: Simulation = {
    time,
    random,
    faults: createFaults(random, rates),
    trace: (line) => trace?.(`${((time.now() - startAt) / 1_000).toFixed(3).padStart(10)} ${line()}`),
  };
  trace?.(JSON.stringify(simulation.faults.rates));
  const invariants = createInvariants();
  const world = createWorld(simulation, guards, invariants);
  performUserActions(simulation, world, invariants);

  const clearsUpAt = startAt + random.between(3, 15) * minute;
  let isQuiet = false;
  const look = () => {
    if (time.now() >= clearsUpAt) {
      simulation.faults.stopFaults();
      releaseHeld(world, invariants.heldJobs());
      isQuiet = invariants.isQuiet(world);
    }
    time.after(minute, look);
  };
  time.after(minute, look);
  const isOver = () => isQuiet || invariants.violations.length > 0 || time.now() > clearsUpAt + patience;
  await time.run(isOver);

  const deadLetters = world.uploads.deadLetters().length + world.control.deadLetters().length;
  if (isQuiet && deadLetters > 0) {
    trace?.('redrive');
    const finished = new Set(invariants.jobIds());
    const tasks = world.tasks.all().length;
    world.uploads.redrive();
    world.control.redrive();
    isQuiet = false;
    await time.run(isOver);
    const restarted = world.tasks
      .all()
      .slice(tasks)
      .find((task) => finished.has(task.startedBy));
    if (restarted) {
      const what = `a redriven dead letter started ${restarted.startedBy} again`;
      invariants.violations.push({ kind: 'doubled', what });
    }
  }
  if (invariants.violations.length === 0) invariants.judge(world);
  return {
    seed,
    violations: invariants.violations,
    jobs: invariants.jobIds().length,
    tasks: world.tasks.all().length,
  };
}
