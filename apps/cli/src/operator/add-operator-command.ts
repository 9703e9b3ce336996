import { acceptingStatuses, type JobRecord, type JobStatus } from '@fyrestream/events';
import type { OperatorStep, Stack } from '@fyrestream/operations';
import { type Command, Option } from 'commander';
import pMap from 'p-map';
import type { CommandContext } from '../command-context.ts';
import { errorMessage, ReportedError } from '../describe-error.ts';
import { findJob, jobArgument } from '../ledger/find-job.ts';
import { formatStatus } from '../present/format-values.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { toOneLine } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';
import { isSelection, type SelectionOptions, selectJobs } from './select-jobs.ts';

interface OperatorCommandOptions extends StackOptions, SelectionOptions {
  readonly json?: true;
}

const jobsAtOnce = 8;

/**
 * Adds a command that changes jobs and prints each changed job: the named ones, or those that options select. A job that
 * cannot be changed does not stop the others.
 */
export function addOperatorCommand(
  program: Command,
  { terminal }: CommandContext,
  command: {
    name: string;
    description: string;
    /** The step that it applies; jobs that accept no such step are not selected. */
    step: OperatorStep['kind'];
    run: (stack: Stack, jobId: string) => Promise<JobRecord>;
  },
): void {
  withStackOptions(program.command(command.name))
    .description(command.description)
    .argument('[job...]', jobArgument)
    .addOption(
      new Option('--status <status>', 'all jobs with this status').choices(acceptingStatuses[command.step]),
    )
    .option(
      '--prefix <text>',
      'all jobs whose file is below this folder of videos/, or begins with this text',
    )
    .option('--all', `all jobs that are ${acceptingStatuses[command.step].join(' or ')}`)
    .option('--yes', 'change all selected jobs without asking')
    .option('--json', 'the record of each job as one line of JSON')
    .action(async (typed: string[], options: OperatorCommandOptions) => {
      if (isSelection(options) === typed.length > 0) {
        throw new UsageError('bad-selection', 'Name jobs, or select them by --status, --prefix or --all.');
      }
      const stack = await openStack(options);
      const show = (job: JobRecord) =>
        options.json
          ? JSON.stringify(job)
          : toOneLine(`${job.upload.key}: job ${job.jobId} ${formatStatus(job.status, terminal)}`);
      const failures: unknown[] = [];
      const chosen = await chooseJobs(stack, typed, options, acceptingStatuses[command.step]);
      if (chosen.length === 0) terminal.note(`There is no such job to ${command.name}.`);
      await pMap(
        chosen,
        async (find) => {
          try {
            const { jobId } = await find();
            terminal.print(show(await command.run(stack, jobId)));
          } catch (error) {
            failures.push(error);
          }
        },
        { concurrency: jobsAtOnce },
      );
      if (typed.length === 1 && failures.length === 1) throw failures[0];
      for (const failure of failures) terminal.note(`fyrestream: ${errorMessage(failure)}`);
      if (failures.length > 0) throw new ReportedError();
    });
}

/** The named jobs, each looked up when it is due, or the selected jobs. */
async function chooseJobs(
  stack: Stack,
  typed: readonly string[],
  selection: SelectionOptions,
  changeable: readonly JobStatus[],
): Promise<(() => Promise<JobRecord>)[]> {
  if (typed.length > 0) return typed.map((name) => () => findJob(stack, name));
  const jobs = await selectJobs(stack.ledger, selection, changeable);
  return jobs.map((job) => () => Promise.resolve(job));
}
