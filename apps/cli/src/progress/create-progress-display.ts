import type { Terminal } from '../terminal.ts';
import { toOneLine } from '../terminal-text.ts';
import { createProgressBars } from './progress-bars.ts';
import type { ProgressDisplay } from './progress-display.ts';
import { createProgressLines } from './progress-lines.ts';

/** Bars on a terminal, plain lines elsewhere, nothing with `--json` unless only standard error is a terminal. */
export function createProgressDisplay(terminal: Terminal, { json }: { json: boolean }): ProgressDisplay {
  // Bars and lines of JSON on one terminal would overwrite each other.
  if (json && (terminal.outputIsInteractive || !terminal.notesAreInteractive))
    return { add: () => () => {}, stop: () => {} };
  const display = terminal.notesAreInteractive ? createProgressBars() : createProgressLines(terminal.note);
  // Bars are written without the terminal's own function.
  return { ...display, add: (name) => display.add(toOneLine(name)) };
}
