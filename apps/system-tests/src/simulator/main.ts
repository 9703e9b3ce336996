import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { mutations } from './mutations.ts';
import { runSchedule } from './run-schedule.ts';
import { runSchedules, seedsOf, type Tally } from './run-schedules.ts';
import { violationKinds } from './violation.ts';

const usage = `pnpm simulate [--schedules N] [--seed S]   run N schedules (1,000), from seed S (1) on
pnpm simulate --seed S [--without GUARD]   replay one schedule, step by step
pnpm simulate --mutations [--schedules N]  remove each guard in turn and look for a violation`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string' },
      seed: { type: 'string' },
      mutations: { type: 'boolean' },
      without: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const seed = Number(values.seed ?? 1);
  const schedules = Number(values.schedules ?? (values.mutations ? 10_000 : 1_000));
  if (values.help || !Number.isInteger(seed) || !Number.isInteger(schedules)) return report(usage);
  if (values.mutations) return removeGuards(seed, schedules);
  if (values.seed !== undefined && values.schedules === undefined) return replay(seed, values.without);
  return simulate(seed, schedules);
}

async function replay(seed: number, without: string | undefined): Promise<number> {
  const makeGuards = without === undefined ? undefined : mutations[without];
  if (without !== undefined && makeGuards === undefined) {
    return report(`There is no guard "${without}"; there are: ${Object.keys(mutations).join(', ')}.`, 2);
  }
  const { violations } = await runSchedule(seed, { guards: makeGuards?.(), trace: report });
  for (const { kind, what } of violations) report(`${kind}: ${what}`);
  return violations.length === 0 ? report('The guarantee holds.') : 1;
}

async function simulate(first: number, count: number): Promise<number> {
  const startedAt = performance.now();
  const parts = Math.min(count, availableParallelism());
  const tallies = await Promise.all(
    Array.from({ length: parts }, (_, part) => runPart({ first, count, part, parts })),
  );
  const violated = tallies.flatMap((tally) => tally.violated).sort((left, right) => left.seed - right.seed);
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const kinds = violationKinds.map((kind) => {
    const found = violated.filter(({ violations }) =>
      violations.some((violation) => violation.kind === kind),
    );
    return `${found.length} ${kind}`;
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  report(
    `${sum((tally) => tally.schedules)} schedules, ${sum((tally) => tally.jobs)} jobs, ` +
      `${sum((tally) => tally.tasks)} tasks in ${seconds.toFixed(0)} s: ${kinds.join(', ')}`,
  );
  for (const { seed, violations } of violated)
    report(`--seed ${seed}: ${violations[0]?.kind}: ${violations[0]?.what}`);
  return violated.length === 0 ? 0 : 1;
}

function runPart(workerData: Record<'first' | 'count' | 'part' | 'parts', number>): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('schedule-worker.ts', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function removeGuards(first: number, limit: number): Promise<number> {
  let unnoticed = 0;
  report(`${'guard removed'.padEnd(44)}${'schedules'.padStart(9)}  first violation`);
  for (const [name, makeGuards] of Object.entries(mutations)) {
    const { violated } = await runSchedules(seedsOf(first, limit), { makeGuards, stopsAtFirst: true });
    const [verdict] = violated;
    if (verdict === undefined) unnoticed += 1;
    const found = verdict === undefined ? '-' : String(verdict.seed - first + 1);
    const [violation] = verdict?.violations ?? [];
    report(
      `${name.padEnd(44)}${found.padStart(9)}  ${violation ? `${violation.kind}: ${violation.what}` : 'none'}`,
    );
  }
  return unnoticed === 0 ? 0 : 1;
}

function report(line: string, exitCode = 0): number {
  process.stdout.write(`${line}\n`);
  return exitCode;
}

process.exitCode = await main();
