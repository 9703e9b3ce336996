import { type CostGroup, type CostGrouping, costGroupingSchema, sumCosts } from '@fyrestream/events';
import { formatDuration, listJobsSince } from '@fyrestream/operations';
import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { parseSince } from '../costs/parse-since.ts';
import { drawTable } from '../present/draw-table.ts';
import { formatCount, formatDollars, formatFraction } from '../present/format-values.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';

interface CostsOptions extends StackOptions {
  /** ISO 8601. */
  readonly since: string;
  readonly by: CostGrouping;
  readonly json?: true;
}

export function addCostsCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('costs'))
    .description('show what jobs really cost, beside their estimates')
    .addOption(
      new Option('--since <time>', 'jobs that ended since then: a date, a time, or 30m, 24h, 7d')
        .argParser((text) => parseSince(text))
        .default(parseSince('30d'), '30d'),
    )
    .addOption(
      new Option('--by <what>', 'one line per day (UTC), tenant or profile')
        .choices(costGroupingSchema.options)
        .default('day'),
    )
    .option('--json', 'one line of JSON per day, tenant or profile')
    .action((options: CostsOptions) => showCosts(options, context));
}

async function showCosts({ since, by, json, ...options }: CostsOptions, { terminal }: CommandContext) {
  const { ledger } = await openStack(options);
  const groups = sumCosts(await listJobsSince(ledger, since), by);
  if (json) return groups.forEach((group) => void terminal.print(JSON.stringify(group)));
  if (groups.length > 0) terminal.print(drawCosts(groups, by));
  const sum = (of: (group: CostGroup) => number) => groups.reduce((total, group) => total + of(group), 0);
  const count = sum(({ jobs }) => jobs);
  terminal.note(
    `${formatCount(count, 'job')} since ${since} cost ${formatDollars(sum(({ totalUsd }) => totalUsd))}, ` +
      `and ${formatDollars(sum(({ storageUsdPerMonth }) => storageUsdPerMonth))} a month for their files`,
  );
  const missing = sum(({ jobsWithoutReceipt }) => jobsWithoutReceipt);
  if (missing > 0)
    terminal.note(
      `not in the sums, because they have no receipt: ${formatCount(missing, 'job')} of an earlier release`,
    );
}

function drawCosts(groups: readonly CostGroup[], by: CostGrouping): string {
  const rows = groups.map((group) => [
    group.name,
    String(group.jobs),
    String(group.tasks),
    formatDuration(group.taskSeconds),
    formatFraction(group.taskSeconds === 0 ? 0 : group.spotSeconds / group.taskSeconds),
    formatDollars(group.computeUsd),
    formatDollars(group.requestsUsd),
    formatDollars(group.totalUsd),
    formatDollars(group.estimateUsd),
    formatDollars(group.storageUsdPerMonth),
  ]);
  const headings = [
    'JOBS',
    'TASKS',
    'TIME',
    'SPOT',
    'COMPUTE',
    'REQUESTS',
    'TOTAL',
    'ESTIMATE',
    'STORAGE/MONTH',
  ];
  return drawTable([by.toUpperCase(), ...headings], rows, ['left', ...headings.map(() => 'right' as const)]);
}
