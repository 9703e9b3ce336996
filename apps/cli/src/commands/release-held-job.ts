import { releaseJob } from '@fyrestream/operations';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addOperatorCommand } from '../operator/add-operator-command.ts';

export function addReleaseHeldJobCommand(program: Command, context: CommandContext): void {
  addOperatorCommand(program, context, {
    name: 'release',
    description: 'continue a held job, whatever its estimated cost',
    step: 'released',
    run: releaseJob,
  });
}
