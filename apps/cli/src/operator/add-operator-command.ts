import type { JobRecord } from '@fyrestream/events';
import type { Command } from 'commander';
import pMap from 'p-map';
import type { CommandContext } from '../command-context.ts';
import { errorMessage, ReportedError } from '../describe-error.ts';
import { findJob, jobArgument } from '../ledger/find-job.ts';
import { formatStatus } from '../present/format-values.ts';
import { openStack } from '../stack/open-stack.ts';
import type { Stack } from '../stack/stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { toOneLine } from '../terminal-text.ts';

interface OperatorCommandOptions extends StackOptions {
  readonly json?: true;
}

const jobsAtOnce = 8;

/** Adds a command that changes jobs and prints each changed job. A job that cannot be changed does not stop the others. */
export function addOperatorCommand(
  program: Command,
  { terminal }: CommandContext,
  command: {
    name: string;
    description: string;
    run: (stack: Stack, jobId: string) => Promise<JobRecord>;
  },
): void {
  withStackOptions(program.command(command.name))
    .description(command.description)
    .argument('<job...>', jobArgument)
    .option('--json', 'the record of each job as one line of JSON')
    .action(async (typed: string[], options: OperatorCommandOptions) => {
      const stack = await openStack(options);
      const show = (job: JobRecord) =>
        options.json
          ? JSON.stringify(job)
          : toOneLine(`${job.upload.key}: job ${job.jobId} ${formatStatus(job.status, terminal)}`);
      const failures: unknown[] = [];
      await pMap(
        typed,
        async (name) => {
          try {
            const { jobId } = await findJob(stack, name);
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
