import type { Argument, Command, Option } from 'commander';
import { suggestedWords } from './suggest-words.ts';

/** What a shell can complete, taken from the program itself. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** In their order; the last one is repeated. */
  readonly arguments: readonly CompletedValue[];
}

export interface CompletedOption {
  /** `--status`, or `-h` and `--help`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Null for an option without a value. */
  readonly value: CompletedValue | null;
}

export interface CompletedValue {
  readonly name: string;
  /** Words that may be typed; others may be allowed too. */
  readonly words: readonly string[];
  readonly isFile: boolean;
}

export function describeCommands(program: Command): CompletedCommand[] {
  const help: CompletedOption = { flags: ['-h', '--help'], description: 'show the help', value: null };
  const commands = program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options.filter(({ hidden }) => !hidden).map(describeOption), help],
    arguments: command.registeredArguments.map(describeArgument),
  }));
  const names = { name: 'command', words: commands.map(({ name }) => name), isFile: false };
  const helpOf = { name: 'help', description: 'show the help of a command', options: [], arguments: [names] };
  return [...commands, helpOf];
}

/** Options before the command. */
export function describeGlobalOptions(program: Command): CompletedOption[] {
  return program.options.map(describeOption);
}

function describeOption(option: Option): CompletedOption {
  const { short, long, description, argChoices, flags } = option;
  const name = /[<[](.+?)[>\]]/.exec(flags)?.[1];
  return {
    flags: [short, long].filter((flag) => flag !== undefined),
    description,
    value: name === undefined ? null : describeValue(name, argChoices ?? suggestedWords(option)),
  };
}

function describeArgument(argument: Argument): CompletedValue {
  return describeValue(argument.name(), argument.argChoices);
}

/** The name says what it is: `file`, `job or directory`. */
function describeValue(name: string, choices: readonly string[] | undefined): CompletedValue {
  const isJob = /\bjob\b/.test(name);
  return {
    name,
    words: choices ?? (isJob ? ['latest'] : []),
    isFile: choices === undefined && /\b(file|directory)\b/.test(name),
  };
}
