import type { Terminal } from './terminal.ts';

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP; its reason is an `Interruption`. */
  readonly interrupted: AbortSignal;
}
