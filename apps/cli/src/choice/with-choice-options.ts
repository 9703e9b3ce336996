import { profileNameSchema, type UploadChoice } from '@fyrestream/events';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { suggestWords } from '../completion/suggest-words.ts';
import { optionWords, parseOptions } from './parse-options.ts';

/** The options by which a command says how uploads are made. */
export interface ChoiceOptions {
  readonly profile?: string;
  /** As typed: `title=Holiday`. */
  readonly option: readonly string[];
}

/** Adds `--profile` and `--option`. */
export function withChoiceOptions(command: Command): Command {
  return command
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
    );
}

/**
 * What these options say about uploads.
 * @throws UsageError `bad-option`
 */
export function choiceOf({ profile, option }: ChoiceOptions): UploadChoice {
  return { ...(profile !== undefined && { profile }), options: parseOptions(option) };
}

function profileName(typed: string): string {
  const parsed = profileNameSchema.safeParse(typed);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It ${parsed.error.issues[0]?.message}.`);
}
