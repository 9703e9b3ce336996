import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { renderTable } from '../bench/report/render-table.ts';
import { violationKinds } from '../violations/violation.ts';
import { describeDrop } from './drop/describe-drop.ts';
import { simulateDrop } from './drop/simulate-drop.ts';
import { mutationFaultRates, mutations } from './mutations.ts';
import { runSchedule } from './run-schedule.ts';
import { type RunSummary, runSchedules, type SeedShare, seedsOf } from './run-schedules.ts';

const usage = `pnpm simulate [--schedules N] [--seed S]   run N schedules (1,000), from seed S (1) on
pnpm simulate --seed S [--without GUARD]   replay one schedule, step by step
pnpm simulate --mutations [--schedules N]  remove each guard in turn and look for a violation
pnpm simulate --drop N [--tasks N]         N uploads of one tenant at once, 50 tasks at a time, and single uploads of others`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string' },
      seed: { type: 'string' },
      mutations: { type: 'boolean' },
      drop: { type: 'string' },
      tasks: { type: 'string' },
      without: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const first = Number(values.seed ?? 1);
  const count = Number(values.schedules ?? (values.mutations ? 10_000 : 1_000));
  if (values.help || !Number.isInteger(first) || !Number.isInteger(count)) return print(usage);
  if (values.drop !== undefined) return runDrop(Number(values.drop), Number(values.tasks ?? 50));
  if (values.mutations) return runMutations({ first, count });
  if (values.seed !== undefined && values.schedules === undefined) return replay(first, values.without);
  return simulate({ first, count });
}

async function runDrop(uploads: number, maxConcurrentTasks: number): Promise<number> {
  if (!(uploads >= 1 && maxConcurrentTasks >= 1)) return print(usage, 2);
  const report = await simulateDrop({ uploads, maxConcurrentTasks });
  for (const { title, columns, rows } of describeDrop(report))
    print(`${title}:\n\n${renderTable(columns, rows)}\n`);
  return report.lost === 0 && report.deadLetters === 0 ? 0 : 1;
}

async function replay(seed: number, without: string | undefined): Promise<number> {
  const createOverrides = without === undefined ? undefined : mutations[without];
  if (without !== undefined && createOverrides === undefined) {
    return print(`There is no guard "${without}"; there are: ${Object.keys(mutations).join(', ')}.`, 2);
  }
  const { violations } = await runSchedule(seed, {
    overrides: createOverrides?.(),
    rates: mutationFaultRates[without ?? ''],
    trace: print,
  });
  for (const { kind, message } of violations) print(`${kind}: ${message}`);
  return violations.length === 0 ? print('No violations.') : 1;
}

async function simulate(range: SeedShare): Promise<number> {
  const startedAt = performance.now();
  const workers = Math.min(range.count, availableParallelism());
  const summaries = await Promise.all(
    Array.from({ length: workers }, (_, worker) => runInThread({ ...range, worker, workers })),
  );
  const violated = summaries
    .flatMap((summary) => summary.violated)
    .sort((left, right) => left.seed - right.seed);
  const sum = (of: (summary: RunSummary) => number) =>
    summaries.reduce((total, summary) => total + of(summary), 0);
  const kinds = violationKinds.map((kind) => {
    const found = violated.filter(({ violations }) =>
      violations.some((violation) => violation.kind === kind),
    );
    return `${found.length} ${kind}`;
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  print(
    `${sum(({ schedules }) => schedules)} schedules, ${sum(({ jobs }) => jobs)} jobs, ` +
      `${sum(({ tasks }) => tasks)} tasks in ${seconds.toFixed(0)} s: ${kinds.join(', ')}`,
  );
  for (const { seed, violations } of violated)
    print(`--seed ${seed}: ${violations[0]?.kind}: ${violations[0]?.message}`);
  return violated.length === 0 ? 0 : 1;
}

function runInThread(workerData: SeedShare): Promise<RunSummary> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('schedule-thread.ts', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function runMutations(range: SeedShare): Promise<number> {
  let undetected = 0;
  print(`${'guard removed'.padEnd(44)}${'schedules'.padStart(9)}  first violation`);
  for (const [name, createOverrides] of Object.entries(mutations)) {
    const { violated } = await runSchedules(seedsOf(range), {
      createOverrides,
      rates: mutationFaultRates[name],
      stopsAtFirst: true,
    });
    const [result] = violated;
    if (result === undefined) undetected += 1;
    const schedules = result === undefined ? '-' : String(result.seed - range.first + 1);
    const [violation] = result?.violations ?? [];
    const found = violation ? `${violation.kind}: ${violation.message}` : 'none';
    print(`${name.padEnd(44)}${schedules.padStart(9)}  ${found}`);
  }
  return undetected === 0 ? 0 : 1;
}

function print(line: string, exitCode = 0): number {
  process.stdout.write(`${line}\n`);
  return exitCode;
}

process.exitCode = await main();
