import { profileNameSchema } from '@fyrestream/events';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { choiceMetadata } from '../choice/choice-metadata.ts';
import { optionWords, parseOptions } from '../choice/parse-options.ts';
import type { CommandContext } from '../command-context.ts';
import { suggestWords } from '../completion/suggest-words.ts';
import { ReportedError } from '../describe-error.ts';
import { resolveUploadFiles } from '../files/resolve-upload-files.ts';
import { formatOutcome, isSuccess, outcomeToJson } from '../present/format-outcome.ts';
import { createProgressDisplay } from '../progress/create-progress-display.ts';
import { openStack } from '../stack/open-stack.ts';
import { type StackOptions, withStackOptions } from '../stack/stack-options.ts';
import { uploadFiles } from '../transfer/upload-files.ts';

interface UploadOptions extends StackOptions {
  readonly prefix?: string;
  readonly profile?: string;
  /** As typed: `title=Holiday`. */
  readonly option: readonly string[];
  readonly wait?: true;
  readonly json?: true;
}

export function addUploadCommand(program: Command, context: CommandContext): void {
  withStackOptions(program.command('upload'))
    .description(
      'upload videos below videos/, with their own names, and the captions that are named with them',
    )
    .argument('<file...>')
    .option('--prefix <directory>', 'a folder below videos/')
    .addOption(
      new Option('--profile <name>', 'how these videos are made: one of the profiles of the stack').argParser(
        profileName,
      ),
    )
    .addOption(
      suggestWords(
        new Option(
          '--option <name=value>',
          'what these files say about themselves; may be repeated (see docs/profiles.md)',
        ),
        optionWords,
      )
        .argParser((typed: string, before: readonly string[]) => [...before, typed])
        .default([], 'none'),
    )
    .option('--wait', 'wait until all jobs are over')
    .option('--json', 'one line of JSON per file')
    .action((typed: string[], options: UploadOptions) => upload(typed, options, context));
}

function profileName(typed: string): string {
  const parsed = profileNameSchema.safeParse(typed);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It ${parsed.error.issues[0]?.message}.`);
}

async function upload(typed: string[], options: UploadOptions, { terminal, interrupted }: CommandContext) {
  const { prefix, profile, wait = false, json = false } = options;
  const files = await resolveUploadFiles(typed, { prefix });
  const choice = { ...(profile !== undefined && { profile }), options: parseOptions(options.option) };
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
