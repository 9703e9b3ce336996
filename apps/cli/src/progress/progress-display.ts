import type { Terminal } from '../terminal.ts';
import type { Progress } from './job-progress.ts';
import { createProgressBars } from './progress-bars.ts';
import { createProgressLines } from './progress-lines.ts';

/** Shows how far several files are. */
export interface ProgressDisplay {
  /** A place for one more file; answers what tells how far it is. */
  readonly add: (name: string) => (progress: Progress) => void;
  /** Leaves the terminal as it should be for what is printed next. */
  readonly stop: () => void;
}

/** Bars for a person who watches, plain lines elsewhere, nothing where a machine reads. */
export function createProgressDisplay(terminal: Terminal, { json }: { json: boolean }): ProgressDisplay {
  // Bars and lines of JSON on one terminal would draw over each other.
  if (json && (terminal.printsToPerson || !terminal.watched)) return { add: () => () => {}, stop: () => {} };
  return terminal.watched ? createProgressBars() : createProgressLines(terminal.note);
}
