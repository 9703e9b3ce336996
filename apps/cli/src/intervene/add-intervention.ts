import type { JobRecord } from '@fyrestream/events';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { checkJobId } from '../ledger/find-job.ts';
import { colourStatus } from '../present/colour-status.ts';
import { openStack } from '../stack/open-stack.ts';
import type { Stack } from '../stack/stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';

interface InterventionOptions extends StackOptions {
  readonly json?: true;
}

/** A command by which a person changes the course of one job; it shows the job as it is then. */
export function addIntervention(
  program: Command,
  { terminal }: CommandContext,
  intervention: {
    name: string;
    description: string;
    intervene: (stack: Stack, jobId: string) => Promise<JobRecord>;
  },
): void {
  withStackOptions(program.command(intervention.name))
    .description(intervention.description)
    .argument('<id>')
    .option('--json', 'the record of the job as one line of JSON')
    .action(async (typed: string, options: InterventionOptions) => {
      const jobId = checkJobId(typed);
      const job = await intervention.intervene(await openStack(options), jobId);
      terminal.print(
        options.json
          ? JSON.stringify(job)
          : `${job.upload.key}: job ${jobId} ${colourStatus(job.status, terminal)}`,
      );
    });
}
