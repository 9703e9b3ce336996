import { type JobStatus, jobStatusSchema } from '@fyrestream/events';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { lastChangedJobs } from '../ledger/last-changed-jobs.ts';
import { jobsTable } from '../present/tables.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';

interface JobsOptions extends StackOptions {
  readonly status?: JobStatus;
  readonly limit: number;
  readonly json?: true;
}

export function addJobsCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('jobs'))
    .description('list jobs, the last changed first')
    .addOption(new Option('--status <status>', 'only jobs with this status').choices(jobStatusSchema.options))
    .option('--limit <number>', 'max number of jobs', wholeNumber, 20)
    .option('--json', 'one line of JSON per job')
    .action((options: JobsOptions) => listJobs(options, context));
}

async function listJobs(options: JobsOptions, { terminal }: CommandContext) {
  const { ledger } = await openStack(options);
  const statuses = options.status ? [options.status] : jobStatusSchema.options;
  const jobs = await lastChangedJobs(ledger, statuses, options.limit);
  if (options.json) for (const job of jobs) terminal.print(JSON.stringify(job));
  else if (jobs.length > 0) terminal.print(jobsTable(jobs, terminal));
  else terminal.note(options.status ? `No job is ${options.status}.` : 'There are no jobs yet.');
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
