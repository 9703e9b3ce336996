import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addIntervention } from '../intervene/add-intervention.ts';
import { cancelJob } from '../intervene/cancel-job.ts';

export function addCancelCommand(program: Command, context: CommandContext): void {
  addIntervention(program, context, {
    name: 'cancel',
    description: 'end a job for good; what an earlier version published keeps playing',
    intervene: (stack, jobId) => cancelJob(stack, jobId, context.terminal.note),
  });
}
