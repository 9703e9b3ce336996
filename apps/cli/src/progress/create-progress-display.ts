import type { Terminal } from '../terminal.ts';
import { toOneLine } from '../terminal-text.ts';
import type { ProgressDisplay } from './progress-display.ts';
import { createProgressLines } from './progress-lines.ts';
import { createProgressScreen } from './progress-screen.ts';

/** Bars on a terminal, plain lines elsewhere, nothing with `--json` unless only standard error is a terminal. */
export function createProgressDisplay(
  { noteScreen, outputScreen, note }: Pick<Terminal, 'noteScreen' | 'outputScreen' | 'note'>,
  { json }: { json: boolean },
): ProgressDisplay {
  // Bars and lines of JSON on one terminal would overwrite each other.
  if (json && (outputScreen !== null || noteScreen === null)) return { add: () => () => {}, stop: () => {} };
  const display = noteScreen === null ? createProgressLines(note) : createProgressScreen(noteScreen);
  return { ...display, add: (name, options) => display.add(toOneLine(name), options) };
}
