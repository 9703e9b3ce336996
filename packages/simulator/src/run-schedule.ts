import { createWorld } from './create-world.ts';
import { createGuarantee } from './guarantee.ts';
import { everyGuard, type Guards } from './guards.ts';
import { letPeopleAct, releaseHeld } from './people.ts';
import { createRandom } from './random.ts';
import type { Simulation } from './simulated-process.ts';
import type { Violation } from './violation.ts';
import { createVirtualTime } from './virtual-time.ts';
import { createWeather, type Rates } from './weather.ts';

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
    weather: createWeather(random, rates),
    trace: (line) => trace?.(`${((time.now() - startAt) / 1_000).toFixed(3).padStart(10)} ${line()}`),
  };
  trace?.(JSON.stringify(simulation.weather.rates));
  const guarantee = createGuarantee();
  const world = createWorld(simulation, guards, guarantee);
  letPeopleAct(simulation, world, guarantee);

  const clearsUpAt = startAt + random.between(3, 15) * minute;
  let isQuiet = false;
  const look = () => {
    if (time.now() >= clearsUpAt) {
      simulation.weather.clearUp();
      releaseHeld(world, guarantee.heldJobs());
      isQuiet = guarantee.isQuiet(world);
    }
    time.after(minute, look);
  };
  time.after(minute, look);
  const isOver = () => isQuiet || guarantee.violations.length > 0 || time.now() > clearsUpAt + patience;
  await time.run(isOver);

  const deadLetters = world.uploads.deadLetters().length + world.control.deadLetters().length;
  if (isQuiet && deadLetters > 0) {
    trace?.('redrive');
    const finished = new Set(guarantee.jobIds());
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
      guarantee.violations.push({ kind: 'doubled', what });
    }
  }
  if (guarantee.violations.length === 0) guarantee.judge(world);
  return {
    seed,
    violations: guarantee.violations,
    jobs: guarantee.jobIds().length,
    tasks: world.tasks.all().length,
  };
}
