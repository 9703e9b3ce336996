import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addIntervention } from '../intervene/add-intervention.ts';
import { applyOperatorStep } from '../intervene/apply-operator-step.ts';

const reason = { code: 'held-by-operator', message: 'An operator holds it.', retryable: true };

export function addHoldCommand(program: Command, context: CommandContext): void {
  addIntervention(program, context, {
    name: 'hold',
    description: 'keep a queued job from being started until it is released',
    intervene: (stack, jobId) => applyOperatorStep(stack, jobId, { kind: 'held', reason }),
  });
}
