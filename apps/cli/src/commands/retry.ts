import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addIntervention } from '../intervene/add-intervention.ts';
import { retryJob } from '../intervene/retry-job.ts';

export function addRetryCommand(program: Command, context: CommandContext): void {
  addIntervention(program, context, {
    name: 'retry',
    description: 'start a job that failed or was cancelled once more, from the beginning',
    intervene: (stack, jobId) => retryJob(stack, jobId),
  });
}
