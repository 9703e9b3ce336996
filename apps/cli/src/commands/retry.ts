import { retryJob } from '@fyrestream/operations';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addOperatorCommand } from '../operator/add-operator-command.ts';

export function addRetryCommand(program: Command, context: CommandContext): void {
  addOperatorCommand(program, context, {
    name: 'retry',
    description: 'restart a failed or cancelled job from the beginning',
    step: 'retried',
    run: retryJob,
  });
}
