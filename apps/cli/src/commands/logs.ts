import { FyrestreamError } from '@fyrestream/events';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { findJob, jobArgument } from '../ledger/find-job.ts';
import { formatLogLine } from '../present/format-log-line.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';

interface LogsOptions extends StackOptions {
  readonly json?: true;
}

/** The poller logs the event of an upload before the job has its record, by another clock. */
const secondsBefore = 600;

export function addLogsCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('logs'))
    .description('show what all parts logged about a job: poller, invoker, workers and notifier')
    .argument('<job>', jobArgument)
    .option('--json', 'one line of JSON per line: part, time, stream and text')
    .action((id: string, options: LogsOptions) => showLogs(id, options, context));
}

async function showLogs(typed: string, options: LogsOptions, { terminal, interrupted }: CommandContext) {
  const stack = await openStack(options);
  if (stack.jobLog === null) {
    throw new FyrestreamError({
      code: 'log-groups-unknown',
      message: `${stack.name} does not name its log groups: deploy this release with \`pulumi up\`.`,
      retryable: false,
    });
  }
  const { jobId, upload, createdAt } = await findJob(stack, typed);
  const first = Math.min(Date.parse(upload.uploadedAt), Date.parse(createdAt));
  const since = new Date(first - secondsBefore * 1_000);
  const lines = await stack.jobLog.read({ jobId, since, signal: interrupted });
  for (const line of lines)
    terminal.print(options.json ? JSON.stringify(line) : formatLogLine(line, terminal));
  if (lines.length === 0) terminal.note(`no log has a line of job ${jobId}`);
}
