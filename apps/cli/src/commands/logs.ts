import { readJobLog } from '@fyrestream/operations';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { findJob, jobArgument } from '../ledger/find-job.ts';
import { formatLogLine } from '../present/format-log-line.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';

interface LogsOptions extends StackOptions {
  readonly json?: true;
}

export function addLogsCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('logs'))
    .description('show what all parts logged about a job: poller, invoker, workers and notifier')
    .argument('<job>', jobArgument)
    .option('--json', 'one line of JSON per line: part, time, stream and text')
    .action((id: string, options: LogsOptions) => showLogs(id, options, context));
}

async function showLogs(typed: string, options: LogsOptions, { terminal, interrupted }: CommandContext) {
  const stack = await openStack(options);
  const job = await findJob(stack, typed);
  const lines = await readJobLog(stack, job, interrupted);
  for (const line of lines)
    terminal.print(options.json ? JSON.stringify(line) : formatLogLine(line, terminal));
  if (lines.length === 0) terminal.note(`no log has a line of job ${job.jobId}`);
}
