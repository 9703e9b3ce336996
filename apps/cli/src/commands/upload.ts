import type { Command } from 'commander';
import { choiceMetadata } from '../choice/choice-metadata.ts';
import { type ChoiceOptions, choiceOf, withChoiceOptions } from '../choice/with-choice-options.ts';
import type { CommandContext } from '../command-context.ts';
import { ReportedError } from '../describe-error.ts';
import { resolveUploadFiles } from '../files/resolve-upload-files.ts';
import { formatOutcome, isSuccess, outcomeToJson } from '../present/format-outcome.ts';
import { createProgressDisplay } from '../progress/create-progress-display.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { uploadFiles } from '../transfer/upload-files.ts';

interface UploadOptions extends StackOptions, ChoiceOptions {
  readonly prefix?: string;
  readonly wait?: true;
  readonly json?: true;
}

export function addUploadCommand(program: Command, context: CommandContext): void {
  withChoiceOptions(withStackOptions(program.command('upload')))
    .description(
      'upload videos below videos/, with their own names, and the captions and further audio that are named with them',
    )
    .argument('<file...>')
    .option('--prefix <directory>', 'a folder below videos/')
    .option('--wait', 'wait until all jobs are over')
    .option('--json', 'one line of JSON per file')
    .action((typed: string[], options: UploadOptions) => upload(typed, options, context));
}

async function upload(typed: string[], options: UploadOptions, { terminal, interrupted }: CommandContext) {
  const { prefix, wait = false, json = false } = options;
  const files = await resolveUploadFiles(typed, { prefix });
  const choice = choiceOf(options);
  const stack = await openStack(options);
  const metadata = choiceMetadata(choice, stack);
  const display = createProgressDisplay(terminal, { json });
  let allSucceeded = true;
  try {
    const outcomes = await uploadFiles(stack, files, { metadata, wait, display, signal: interrupted });
    // The bars must be gone before the results are printed below them.
    if (!json) await Promise.all(outcomes).finally(display.stop);
    for (const outcome of outcomes) {
      const settled = await outcome;
      allSucceeded &&= isSuccess(settled, { wait });
      terminal.print(json ? JSON.stringify(outcomeToJson(settled)) : formatOutcome(settled, terminal));
    }
  } finally {
    display.stop();
  }
  if (!allSucceeded) throw new ReportedError();
}
