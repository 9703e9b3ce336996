import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { AlreadyReported } from '../describe-failure.ts';
import { checkFiles } from '../files/check-files.ts';
import { describeOutcome, outcomeFacts, succeeded } from '../present/describe-outcome.ts';
import { createProgressDisplay } from '../progress/create-progress-display.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { uploadFiles } from '../transfer/upload-files.ts';

interface UploadOptions extends StackOptions {
  readonly prefix?: string;
  readonly wait?: true;
  readonly json?: true;
}

export function addUploadCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('upload'))
    .description('upload videos below videos/, each under its own name')
    .argument('<file...>')
    .option('--prefix <directory>', 'a folder below videos/')
    .option('--wait', 'wait until every job is over')
    .option('--json', 'one line of JSON per file')
    .action((typed: string[], options: UploadOptions) => upload(typed, options, context));
}

async function upload(typed: string[], options: UploadOptions, { terminal, interrupted }: CommandContext) {
  const { prefix, wait = false, json = false } = options;
  const files = await checkFiles(typed, { prefix });
  const stack = await openStack(options);
  const display = createProgressDisplay(terminal, { json });
  let allWell = true;
  try {
    const outcomes = await uploadFiles(stack, files, { wait, display, signal: interrupted });
    // Bars have to be gone before anything is printed below them.
    if (!json) await Promise.all(outcomes).finally(display.stop);
    for (const outcome of outcomes) {
      const settled = await outcome;
      allWell &&= succeeded(settled, { wait });
      terminal.print(json ? JSON.stringify(outcomeFacts(settled)) : describeOutcome(settled, terminal));
    }
  } finally {
    display.stop();
  }
  if (!allWell) throw new AlreadyReported();
}
