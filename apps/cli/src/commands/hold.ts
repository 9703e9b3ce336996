import { holdJob } from '@fyrestream/operations';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addOperatorCommand } from '../operator/add-operator-command.ts';

export function addHoldCommand(program: Command, context: CommandContext): void {
  addOperatorCommand(program, context, {
    name: 'hold',
    description: 'do not start a queued job until it is released',
    step: 'held',
    run: holdJob,
  });
}
