import { type Command, Option } from 'commander';

/** Which stack a command works on. */
export interface StackOptions {
  /** Data directory of the local cloud; the one that was started last where it is left out. */
  readonly data?: string;
  /** Name of a deployed stack. */
  readonly stack?: string;
}

/** The options that every command on a stack takes. */
export function withStackOptions(command: Command): Command {
  return command
    .option('--local', 'work on the local cloud: the default where one is running')
    .option('--data <directory>', 'work on the local cloud that keeps its state in this directory')
    .addOption(
      new Option('--stack <name>', 'work on a deployed stack, found by its outputs in Pulumi').conflicts([
        'local',
        'data',
      ]),
    );
}
