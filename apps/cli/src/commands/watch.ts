import { uploadPath } from '@fyrestream/events';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { ReportedError } from '../describe-error.ts';
import { findJob, jobArgument } from '../ledger/find-job.ts';
import { formatJobResult, jobResultToJson } from '../present/format-outcome.ts';
import { createProgressDisplay } from '../progress/create-progress-display.ts';
import { throttleProgress } from '../progress/throttle-progress.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { followJob } from '../transfer/follow-job.ts';

interface WatchOptions extends StackOptions {
  readonly json?: true;
}

export function addWatchCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('watch'))
    .description('follow a job until it is over or held; the exit code is 0 where it succeeded')
    .argument('<job>', jobArgument)
    .option('--json', 'a line of JSON per change; the last one is that of `upload --wait --json`')
    .action((id: string, options: WatchOptions) => watch(id, options, context));
}

async function watch(
  typed: string,
  { json = false, ...options }: Omit<WatchOptions, 'json'> & { json?: boolean },
  { terminal, interrupted }: CommandContext,
) {
  const stack = await openStack(options);
  const { jobId, upload, createdAt } = await findJob(stack, typed);
  const display = createProgressDisplay(terminal, { json });
  const show = display.add(uploadPath(upload.key), { startedAt: Date.parse(createdAt) });
  const print = throttleProgress(({ phase, percent, queue, speed, etaSeconds }) =>
    terminal.print(
      JSON.stringify({
        ...{ jobId, phase, percent },
        ...(queue && { queue }),
        ...(speed !== null && { speed }),
        ...(etaSeconds !== null && { etaSeconds }),
      }),
    ),
  );
  const job = await followJob(stack, jobId, json ? print : show, interrupted).finally(display.stop);
  terminal.print(json ? JSON.stringify(jobResultToJson(job)) : formatJobResult(upload.key, job, terminal));
  if (job.status !== 'succeeded') throw new ReportedError();
}
