import type { Terminal } from '../terminal.ts';
import { createProgressBars } from './progress-bars.ts';
import type { ProgressDisplay } from './progress-display.ts';
import { createProgressLines } from './progress-lines.ts';

/** Bars for a person who watches, plain lines elsewhere, nothing where a machine reads. */
export function createProgressDisplay(terminal: Terminal, { json }: { json: boolean }): ProgressDisplay {
  // Bars and lines of JSON on one terminal would draw over each other.
  if (json && (terminal.printsToPerson || !terminal.watched)) return { add: () => () => {}, stop: () => {} };
  return terminal.watched ? createProgressBars() : createProgressLines(terminal.note);
}
