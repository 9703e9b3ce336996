import type { ComponentOverrides } from './component-overrides.ts';
import type { FaultRates } from './fault-rates.ts';
import { runSchedule, type ScheduleResult } from './run-schedule.ts';

/** Schedules mostly wait for the next turn of the event loop, so several share each turn. */
const concurrentSchedules = 8;

export interface RunSummary {
  schedules: number;
  jobs: number;
  tasks: number;
  /** The schedules with violations, by seed. */
  readonly violated: ScheduleResult[];
}

export interface RunOptions {
  readonly createOverrides?: () => ComponentOverrides;
  readonly rates?: Partial<FaultRates> | undefined;
  readonly stopsAtFirst?: boolean;
}

/** Runs a schedule for each seed, independent of the others. */
export async function runSchedules(
  seeds: Iterable<number>,
  { createOverrides, rates, stopsAtFirst = false }: RunOptions = {},
): Promise<RunSummary> {
  const summary: RunSummary = { schedules: 0, jobs: 0, tasks: 0, violated: [] };
  const iterator = seeds[Symbol.iterator]();
  const runNext = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      if (stopsAtFirst && summary.violated.length > 0) return;
      const result = await runSchedule(next.value, { overrides: createOverrides?.(), rates });
      summary.schedules += 1;
      summary.jobs += result.jobs;
      summary.tasks += result.tasks;
      if (result.violations.length > 0) summary.violated.push(result);
    }
  };
  await Promise.all(Array.from({ length: concurrentSchedules }, runNext));
  summary.violated.sort((left, right) => left.seed - right.seed);
  return summary;
}

/** Which seeds a worker thread runs: every `workers`-th of `count` seeds from `first` on. */
export interface SeedShare {
  readonly first: number;
  readonly count: number;
  readonly worker?: number;
  readonly workers?: number;
}

export function* seedsOf({ first, count, worker = 0, workers = 1 }: SeedShare): Generator<number> {
  for (let index = worker; index < count; index += workers) yield first + index;
}
