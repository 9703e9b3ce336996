import { cancelJob } from '@fyrestream/operations';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addOperatorCommand } from '../operator/add-operator-command.ts';
import { noteRunningTask } from '../operator/note-running-task.ts';

export function addCancelCommand(program: Command, context: CommandContext): void {
  addOperatorCommand(program, context, {
    name: 'cancel',
    description: 'end a job; files that an earlier version published stay',
    step: 'cancelled',
    run: (stack, jobId) =>
      cancelJob(stack, jobId, { onTaskNotStopped: noteRunningTask(context.terminal.note) }),
  });
}
