import { isDeletedVersion, jobProgress } from '@fyrestream/events';
import { jobQueuePosition, listLateFiles } from '@fyrestream/operations';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { findJob, jobArgument } from '../ledger/find-job.ts';
import { formatJob } from '../present/format-job.ts';
import { describeProgress } from '../progress/describe-progress.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';

interface JobOptions extends StackOptions {
  readonly json?: true;
}

export function addJobCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('job'))
    .description('show a job, its units and its outputs')
    .argument('<job>', jobArgument)
    .option('--json', 'one line of JSON: the record, its units, its progress and captions that came too late')
    .action((id: string, options: JobOptions) => showJob(id, options, context));
}

async function showJob(typed: string, options: JobOptions, { terminal }: CommandContext) {
  const stack = await openStack(options);
  const job = await findJob(stack, typed);
  const units = await stack.ledger.listUnits(job.jobId);
  const now = new Date().toISOString();
  const measured = jobProgress(job, units, now);
  const lateFiles = await listLateFiles(stack, job);
  if (options.json) return terminal.print(JSON.stringify({ ...job, units, progress: measured, lateFiles }));
  const queue = job.status === 'queued' ? await jobQueuePosition(stack, job) : null;
  const output = await stack.ledger.readOutput(job.upload.key);
  const isDeleted = output !== null && isDeletedVersion(output, job.upload);
  const progress = describeProgress(job, units, queue, now);
  terminal.print(formatJob(job, units, { progress, measured, isDeleted, lateFiles, terminal }));
}
