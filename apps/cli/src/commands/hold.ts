import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addOperatorCommand } from '../operator/add-operator-command.ts';
import { applyOperatorStep } from '../operator/apply-operator-step.ts';

const reason = { code: 'held-by-operator', message: 'An operator holds it.', retryable: true };

export function addHoldCommand(program: Command, context: CommandContext): void {
  addOperatorCommand(program, context, {
    name: 'hold',
    description: 'do not start a queued job until it is released',
    step: 'held',
    run: (stack, jobId) => applyOperatorStep(stack, jobId, { kind: 'held', reason }),
  });
}
