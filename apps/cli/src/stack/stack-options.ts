import { type Command, Option } from 'commander';

/** The options that select a stack. */
export interface StackOptions {
  /** Data directory of the local cloud; without it, the local cloud that was started last. */
  readonly data?: string;
  /** Name of a deployed stack. */
  readonly stack?: string;
}

/** Adds the options that every command on a stack has. */
export function withStackOptions(command: Command): Command {
  return command
    .option('--local', 'use the local cloud: the default where one is running')
    .option('--data <directory>', 'use the local cloud that stores its state in this directory')
    .addOption(
      new Option('--stack <name>', 'use a deployed stack, found by its outputs in Pulumi').conflicts([
        'local',
        'data',
      ]),
    );
}
