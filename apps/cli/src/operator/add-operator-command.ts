import type { JobRecord } from '@fyrestream/events';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { checkJobId } from '../ledger/find-job.ts';
import { formatStatus } from '../present/format-values.ts';
import { openStack } from '../stack/open-stack.ts';
import type { Stack } from '../stack/stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { toOneLine } from '../visible-text.ts';

interface OperatorCommandOptions extends StackOptions {
  readonly json?: true;
}

/** Adds a command that changes one job and prints the changed job. */
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
    .argument('<id>')
    .option('--json', 'the record of the job as one line of JSON')
    .action(async (typed: string, options: OperatorCommandOptions) => {
      const jobId = checkJobId(typed);
      const job = await command.run(await openStack(options), jobId);
      terminal.print(
        options.json
          ? JSON.stringify(job)
          : toOneLine(`${job.upload.key}: job ${jobId} ${formatStatus(job.status, terminal)}`),
      );
    });
}
