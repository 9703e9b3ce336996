import type { Rates } from './fault-rates.ts';
import type { Guards } from './guards.ts';
import { runSchedule, type Verdict } from './run-schedule.ts';

/** Schedules at once: what one waits for, the turn of the event loop, serves all. */
const lanes = 8;

export interface Tally {
  schedules: number;
  jobs: number;
  tasks: number;
  /** By seed, those that broke the guarantee. */
  readonly violated: Verdict[];
}

export interface RunOptions {
  readonly makeGuards?: () => Guards;
  readonly rates?: Partial<Rates>;
  readonly stopsAtFirst?: boolean;
}

/** Runs a schedule for each seed; each is a world of its own. */
export async function runSchedules(
  seeds: Iterable<number>,
  { makeGuards, rates, stopsAtFirst = false }: RunOptions = {},
): Promise<Tally> {
  const tally: Tally = { schedules: 0, jobs: 0, tasks: 0, violated: [] };
  const iterator = seeds[Symbol.iterator]();
  const lane = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      if (stopsAtFirst && tally.violated.length > 0) return;
      const verdict = await runSchedule(next.value, { guards: makeGuards?.(), rates });
      tally.schedules += 1;
      tally.jobs += verdict.jobs;
      tally.tasks += verdict.tasks;
      if (verdict.violations.length > 0) tally.violated.push(verdict);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  tally.violated.sort((left, right) => left.seed - right.seed);
  return tally;
}

/** The seeds of one part of a run: first, first + step … */
export function* seedsOf(first: number, count: number, part = 0, parts = 1): Generator<number> {
  for (let index = part; index < count; index += parts) yield first + index;
}
