import type { JobRecord } from '@fyrestream/events';
import { listSelectedJobs, proposeRemakes, type Stack } from '@fyrestream/operations';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { findJob } from '../ledger/find-job.ts';
import { drawRemakes, sumRemakes } from '../present/format-remakes.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { UsageError } from '../usage-error.ts';

interface RemakeOptions extends StackOptions {
  readonly all?: true;
  readonly prefix?: string;
  readonly profile?: string;
  readonly dryRun: true;
  readonly json?: true;
}

export function addRemakeCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('remake'))
    .description('show what making published videos anew would keep, encode and cost')
    .argument('[video...]', 'the name of its file, or its job')
    .option('--all', 'all published videos')
    .option(
      '--prefix <text>',
      'all published videos below this folder of videos/, or beginning with this text',
    )
    .option('--profile <name>', 'by this profile of the stack, instead of the one that each video has now')
    .requiredOption('--dry-run', 'only show what would be done')
    .option('--json', 'one line of JSON per video')
    .action((typed: string[], options: RemakeOptions) => remake(typed, options, context));
}

async function remake(typed: readonly string[], options: RemakeOptions, { terminal }: CommandContext) {
  const { all, prefix, profile, json } = options;
  const isSelection = all === true || prefix !== undefined;
  if (isSelection === typed.length > 0)
    throw new UsageError('bad-selection', 'Name videos, or select them by --prefix or --all.');
  const stack = await openStack(options);
  const jobs = isSelection
    ? await listSelectedJobs(stack.ledger, { prefix }, ['succeeded'])
    : await find(stack, typed);
  // Whoever names a video wants it made, such as with captions that came late.
  const proposals = await proposeRemakes(stack, { jobs, profile, includesUnchanged: !isSelection });
  if (json) return proposals.forEach((proposal) => void terminal.print(JSON.stringify(proposal)));
  const drawn = drawRemakes(proposals);
  if (drawn !== '') terminal.print(drawn);
  terminal.note(sumRemakes(proposals));
}

async function find(stack: Stack, typed: readonly string[]): Promise<JobRecord[]> {
  const jobs: JobRecord[] = [];
  for (const name of typed) jobs.push(await findJob(stack, name));
  return jobs;
}
