import type { QueuedMessage } from '@fyrestream/cloud';
import {
  type DeadLetter,
  describeDeadLetter,
  peekDeadLetters,
  type RedriveTarget,
  readFailureReasons,
  redriveTargetOf,
  type Stack,
} from '@fyrestream/operations';
import { type Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { formatTime } from '../present/format-values.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import type { Terminal } from '../terminal.ts';
import { toOneLine } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';

interface RedriveOptions extends StackOptions {
  readonly control?: true;
  readonly webhooks?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

export function addRedriveCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('redrive'))
    .description('send dead letters back to their queue, and show why each failed')
    .option('--control', 'use the control queue instead of the upload queue')
    .addOption(
      new Option(
        '--webhooks',
        'use the queue of webhooks, and enable endpoints that were disabled',
      ).conflicts('control'),
    )
    .option('--dry-run', 'only show the dead letters')
    .option('--json', 'one line of JSON per message')
    .action((options: RedriveOptions) => redrive(options, context));
}

async function redrive(options: RedriveOptions, { terminal, interrupted }: CommandContext) {
  const { dryRun = false } = options;
  const target = requireTarget(await openStack(options), options);
  const reasons = await readFailureReasons(target, terminal.note, interrupted);
  let count = 0;
  const report = (message: QueuedMessage) => {
    count += 1;
    const letter = describeDeadLetter(message, reasons.get(message.messageId) ?? null, target.describe);
    terminal.print(
      options.json
        ? JSON.stringify({ ...letter, requeued: !dryRun })
        : formatDeadLetter(letter, target.receiver, terminal),
    );
  };
  await (dryRun ? peekDeadLetters(target.queue, report, interrupted) : target.send(report, interrupted));
  if (!options.json) {
    const end = dryRun || count === 0 ? '' : ', all requeued';
    terminal.note(`dead letters of the ${queueNameOf(options)} queue: ${count}${end}`);
  }
}

function requireTarget(stack: Stack, { control, webhooks }: RedriveOptions): RedriveTarget {
  const target = redriveTargetOf(stack, webhooks ? 'webhooks' : control ? 'control' : 'uploads');
  if (target !== null) return target;
  throw new UsageError('no-webhooks', `${stack.name} has no webhooks: its settings name no endpoint.`);
}

function queueNameOf({ control, webhooks }: RedriveOptions): string {
  if (webhooks) return 'webhook';
  return control ? 'control' : 'upload';
}

function formatDeadLetter(
  { messageId, sentAt, about, reason }: DeadLetter,
  receiver: string,
  terminal: Pick<Terminal, 'colour'>,
): string {
  const why =
    reason === null ? `see the ${receiver}'s log for ${messageId}` : `${reason.message} (${reason.code})`;
  const line = `${formatTime(sentAt)}  ${messageId}  ${about}: `;
  return toOneLine(line + terminal.colour('yellow', why.replaceAll(/\s+/g, ' ')));
}
