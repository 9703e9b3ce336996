import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addOperatorCommand } from '../operator/add-operator-command.ts';
import { applyOperatorStep } from '../operator/apply-operator-step.ts';

export function addReleaseHeldJobCommand(program: Command, context: CommandContext): void {
  addOperatorCommand(program, context, {
    name: 'release',
    description: 'continue a held job, whatever its estimated cost',
    step: 'released',
    run: (stack, jobId) => applyOperatorStep(stack, jobId, { kind: 'released' }),
  });
}
