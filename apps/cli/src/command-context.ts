import type { Terminal } from './terminal.ts';

/** The terminal and the stop signal of a command. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP; its reason is an `Interruption`. */
  readonly interrupted: AbortSignal;
}
