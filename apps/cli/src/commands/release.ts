import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addIntervention } from '../intervene/add-intervention.ts';
import { applyOperatorStep } from '../intervene/apply-operator-step.ts';

export function addReleaseCommand(program: Command, context: CommandContext): void {
  addIntervention(program, context, {
    name: 'release',
    description: 'let a job go on that was held, whatever it may cost',
    intervene: (stack, jobId) => applyOperatorStep(stack, jobId, { kind: 'released' }),
  });
}
