import type { Command } from 'commander';

/** Which stack a command works on. */
export interface StackOptions {
  /** Data directory of the local cloud; the one that was started last where it is left out. */
  readonly data?: string;
}

/** The options that every command on a stack takes. */
export function withStackOptions(command: Command): Command {
  return command
    .option('--local', 'work on the local cloud: the default where one is running')
    .option('--data <directory>', 'work on the local cloud that keeps its state in this directory');
}
