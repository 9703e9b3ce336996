import type { JobRecord } from '@fyrestream/events';
import {
  type AdmittedRemakes,
  admitRemakes,
  listSelectedJobs,
  proposeRemakes,
  type RemakeProposal,
  type Stack,
} from '@fyrestream/operations';
import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { findJob } from '../ledger/find-job.ts';
import { drawRemakes, reachOfBudget, sumRemakes } from '../present/format-remakes.ts';
import { formatCount, formatDollars } from '../present/format-values.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import type { Terminal } from '../terminal.ts';
import { toOneLine } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';

interface RemakeOptions extends StackOptions {
  readonly all?: true;
  readonly prefix?: string;
  readonly profile?: string;
  readonly budget?: number;
  readonly dryRun?: true;
  readonly json?: true;
}

/** The control queue also has the stopped tasks and sweeps of the stack. */
const maxWaiting = 200;

export function addRemakeCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('remake'))
    .description(
      'make published videos anew, by another profile or their own; renditions that stay the same are kept',
    )
    .argument('[video...]', 'the name of its file, or its job')
    .option('--all', 'all published videos that would change')
    .option('--prefix <text>', 'those below this folder of videos/, or beginning with this text')
    .option('--profile <name>', 'by this profile of the stack, instead of the one that each video has now')
    .option('--budget <usd>', 'stop before the sum of the estimates exceeds this many dollars', dollars)
    .option('--dry-run', 'only show what would be kept and encoded, and the price')
    .option('--json', 'one line of JSON per video')
    .action((typed: string[], options: RemakeOptions) => remake(typed, options, context));
}

function dollars(typed: string): number {
  if (/^\d{1,9}(\.\d+)?$/.test(typed)) return Number(typed);
  throw new InvalidArgumentError('It must be an amount of US dollars such as 50 or 0.5.');
}

async function remake(
  typed: readonly string[],
  options: RemakeOptions,
  { terminal, interrupted }: CommandContext,
) {
  const { all, prefix, profile, budget: budgetUsd, dryRun = false, json = false } = options;
  const isSelection = all === true || prefix !== undefined;
  if (isSelection === typed.length > 0)
    throw new UsageError('bad-selection', 'Name videos, or select them by --prefix or --all.');
  const stack = await openStack(options);
  const jobs = isSelection
    ? await listSelectedJobs(stack.ledger, { prefix }, ['succeeded'])
    : await find(stack, typed);
  // Whoever names a video wants it made, such as with captions that came late.
  const proposals = await proposeRemakes(stack, { jobs, profile, includesUnchanged: !isSelection });
  const done = dryRun ? null : await admitRemakes(stack, proposals, { budgetUsd, maxWaiting }, interrupted);
  if (json) printLines(terminal, proposals, done);
  else show(terminal, proposals, done, budgetUsd);
  if (dryRun && budgetUsd !== undefined) terminal.note(toOneLine(reachOfBudget(proposals, budgetUsd)));
}

async function find(stack: Stack, typed: readonly string[]): Promise<JobRecord[]> {
  const jobs: JobRecord[] = [];
  for (const name of typed) jobs.push(await findJob(stack, name));
  return jobs;
}

function printLines(
  terminal: Terminal,
  proposals: readonly RemakeProposal[],
  done: AdmittedRemakes | null,
): void {
  const jobIds = new Map(done?.admitted.map(({ proposal, jobId }) => [proposal, jobId]));
  for (const proposal of proposals)
    terminal.print(JSON.stringify({ ...proposal, editionJobId: jobIds.get(proposal) ?? null }));
}

function show(
  terminal: Terminal,
  proposals: readonly RemakeProposal[],
  done: AdmittedRemakes | null,
  budgetUsd: number | undefined,
): void {
  const drawn = drawRemakes(proposals);
  if (drawn !== '') terminal.print(drawn);
  terminal.note(sumRemakes(proposals));
  if (done === null) {
    terminal.note('nothing was done: this was a dry run');
    return;
  }
  for (const { proposal, jobId } of done.admitted) terminal.note(toOneLine(`${proposal.key}: job ${jobId}`));
  const [next] = done.left;
  if (next === undefined || budgetUsd === undefined) return;
  terminal.note(
    toOneLine(
      `the budget of ${formatDollars(budgetUsd)} is spent: ${formatCount(done.left.length, 'video')} left, from ${next.key} on`,
    ),
  );
}
