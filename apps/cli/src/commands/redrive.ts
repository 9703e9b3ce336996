import type { QueuedMessage } from '@fyrestream/cloud';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { describeDeadLetter } from '../present/describe-dead-letter.ts';
import { findReasons } from '../redrive/find-reasons.ts';
import { readDeadLetter } from '../redrive/read-dead-letter.ts';
import { redriveQueue, showDeadLetters } from '../redrive/redrive-queue.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';

interface RedriveOptions extends StackOptions {
  readonly control?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

export function addRedriveCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('redrive'))
    .description('send messages that failed too often to their queue again, and say why each failed')
    .option('--control', 'those of the control queue instead of those about uploads')
    .option('--dry-run', 'only show them')
    .option('--json', 'one line of JSON per message')
    .action((options: RedriveOptions) => redrive(options, context));
}

async function redrive(options: RedriveOptions, { terminal, interrupted }: CommandContext) {
  const { dryRun = false, control = false } = options;
  const stack = await openStack(options);
  const queue = stack.queues[control ? 'control' : 'uploads'];
  const reasons = await findReasons(stack, terminal, interrupted);
  let count = 0;
  const report = (message: QueuedMessage) => {
    count += 1;
    const letter = readDeadLetter(message, reasons.get(message.messageId) ?? null);
    terminal.print(
      options.json ? JSON.stringify({ ...letter, requeued: !dryRun }) : describeDeadLetter(letter, terminal),
    );
  };
  await (dryRun ? showDeadLetters : redriveQueue)(queue, report, interrupted);
  const name = `${control ? 'control' : 'upload'} queue`;
  if (!options.json) {
    terminal.note(`dead letters of the ${name}: ${count}${dryRun || count === 0 ? '' : ', all requeued'}`);
  }
}
