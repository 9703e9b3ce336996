import type { QueuedMessage } from '@fyrestream/cloud';
import {
  type DeadLetter,
  describeDeadLetter,
  peekDeadLetters,
  readFailureReasons,
  redriveQueue,
} from '@fyrestream/operations';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { formatTime } from '../present/format-values.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import type { Terminal } from '../terminal.ts';
import { toOneLine } from '../terminal-text.ts';

interface RedriveOptions extends StackOptions {
  readonly control?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

export function addRedriveCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('redrive'))
    .description('send dead letters back to their queue, and show why each failed')
    .option('--control', 'use the control queue instead of the upload queue')
    .option('--dry-run', 'only show the dead letters')
    .option('--json', 'one line of JSON per message')
    .action((options: RedriveOptions) => redrive(options, context));
}

async function redrive(options: RedriveOptions, { terminal, interrupted }: CommandContext) {
  const { dryRun = false, control = false } = options;
  const stack = await openStack(options);
  const queue = stack.queues[control ? 'control' : 'uploads'];
  const reasons = await readFailureReasons(stack, terminal.note, interrupted);
  let count = 0;
  const report = (message: QueuedMessage) => {
    count += 1;
    const letter = describeDeadLetter(message, reasons.get(message.messageId) ?? null);
    terminal.print(
      options.json ? JSON.stringify({ ...letter, requeued: !dryRun }) : formatDeadLetter(letter, terminal),
    );
  };
  await (dryRun ? peekDeadLetters : redriveQueue)(queue, report, interrupted);
  const name = `${control ? 'control' : 'upload'} queue`;
  if (!options.json) {
    terminal.note(`dead letters of the ${name}: ${count}${dryRun || count === 0 ? '' : ', all requeued'}`);
  }
}

function formatDeadLetter(
  { messageId, sentAt, about, reason }: DeadLetter,
  terminal: Pick<Terminal, 'colour'>,
): string {
  const why =
    reason === null ? `see the poller's log for ${messageId}` : `${reason.message} (${reason.code})`;
  const line = `${formatTime(sentAt)}  ${messageId}  ${about}: `;
  return toOneLine(line + terminal.colour('yellow', why.replaceAll(/\s+/g, ' ')));
}
