import { listQueue, type Queue } from '@fyrestream/operations';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { drawTable } from '../present/draw-table.ts';
import { formatTime } from '../present/format-values.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { toOneLine } from '../terminal-text.ts';

interface QueueOptions extends StackOptions {
  readonly json?: true;
}

export function addQueueCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('queue'))
    .description('show which tenants wait for a place, and why')
    .option('--json', 'one line of JSON per tenant and priority')
    .action((options: QueueOptions) => showQueue(options, context));
}

async function showQueue(options: QueueOptions, { terminal }: CommandContext): Promise<void> {
  const queue = await listQueue(await openStack(options));
  if (options.json) return queue.groups.forEach((group) => void terminal.print(JSON.stringify(group)));
  if (queue.groups.length > 0) terminal.print(drawQueue(queue));
  const waiting = queue.groups.reduce((sum, group) => sum + group.waiting, 0);
  terminal.note(
    `${waiting} wait for a place, ${queue.delayed} for their inspection, capacity or a retry; ${queue.underWay} are under way`,
  );
}

function drawQueue({ groups }: Queue): string {
  const rows = groups.map(({ priority, tenant, waiting, underWay, oldest, reason }) => [
    toOneLine(tenant),
    priority,
    String(waiting),
    String(underWay),
    formatTime(oldest.createdAt),
    oldest.jobId,
    reason?.code ?? '',
  ]);
  const headings = ['TENANT', 'PRIORITY', 'WAITING', 'UNDER WAY', 'OLDEST', 'JOB', 'REASON'];
  return drawTable(headings, rows, ['left', 'left', 'right', 'right', 'left', 'left', 'left']);
}
