import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { CommandContext } from './command-context.ts';
import { addExamples } from './command-examples.ts';
import { addBackfillCommand } from './commands/backfill.ts';
import { addCancelCommand } from './commands/cancel.ts';
import { addCompletionCommand } from './commands/completion.ts';
import { addConsoleCommand } from './commands/console.ts';
import { addCostsCommand } from './commands/costs.ts';
import { addDeleteCommand } from './commands/delete.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addDownloadCommand } from './commands/download.ts';
import { addEnvCommand } from './commands/env.ts';
import { addHoldCommand } from './commands/hold.ts';
import { addImageCommand } from './commands/image.ts';
import { addJobCommand } from './commands/job.ts';
import { addJobsCommand } from './commands/jobs.ts';
import { addKeyCommand } from './commands/key.ts';
import { addLocalCommand } from './commands/local.ts';
import { addLogsCommand } from './commands/logs.ts';
import { addPlanCommand } from './commands/plan.ts';
import { addPlayCommand } from './commands/play.ts';
import { addQueueCommand } from './commands/queue.ts';
import { addRedriveCommand } from './commands/redrive.ts';
import { addReleaseHeldJobCommand } from './commands/release-held-job.ts';
import { addRemakeCommand } from './commands/remake.ts';
import { addRetryCommand } from './commands/retry.ts';
import { addStartCommand } from './commands/start.ts';
import { addUploadCommand } from './commands/upload.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addWatchCommand } from './commands/watch.ts';
import { addWatermarkCommand } from './commands/watermark.ts';

/** The command line, with one file per command. Errors are thrown, and `main.ts` prints them. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('fyrestream')
    .description('Bucket in, verified adaptive video out.')
    .version(manifest.version, '--version', 'show the version')
    .option('--debug', 'print the stack trace of a failure')
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  addStartCommand(program, context);
  addLocalCommand(program, context);
  addConsoleCommand(program, context);
  addUploadCommand(program, context);
  addWatermarkCommand(program, context);
  addBackfillCommand(program, context);
  addRemakeCommand(program, context);
  addJobsCommand(program, context);
  addQueueCommand(program, context);
  addJobCommand(program, context);
  addWatchCommand(program, context);
  addLogsCommand(program, context);
  addCostsCommand(program, context);
  addRetryCommand(program, context);
  addCancelCommand(program, context);
  addHoldCommand(program, context);
  addReleaseHeldJobCommand(program, context);
  addDeleteCommand(program, context);
  addRedriveCommand(program, context);
  addDownloadCommand(program, context);
  addVerifyCommand(program, context);
  addPlayCommand(program, context);
  addKeyCommand(program, context);
  addPlanCommand(program, context);
  addEnvCommand(program, context);
  addDoctorCommand(program, context);
  addImageCommand(program, context);
  addCompletionCommand(program, context);
  addExamples(program);
  return program;
}
