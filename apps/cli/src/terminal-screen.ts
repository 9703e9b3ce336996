import stringWidth from 'string-width';
import { toTerminalText } from './terminal-text.ts';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** The lines above the cursor of a terminal, redrawn in place. Nothing else may be printed between `draw` and `clear`. */
export interface TerminalScreen {
  readonly size: () => ScreenSize;
  /** Replaces the lines of the previous call. They must fit: fewer than `rows` lines, each shorter than `columns`. */
  readonly draw: (lines: readonly string[]) => void;
  /** Removes the lines. */
  readonly clear: () => void;
}

export function createTerminalScreen(
  stream: Pick<NodeJS.WriteStream, 'columns' | 'rows' | 'write'>,
): TerminalScreen {
  let drawn: readonly string[] = [];
  // Serial lines and some containers report a size of 0.
  const size = () => ({ columns: stream.columns || 80, rows: stream.rows || 24 });
  /** Moves to the first line. In a terminal that became narrower, each line may take several rows. */
  const home = () => {
    const { columns } = size();
    const height = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0);
    return height === 0 ? '\r' : `\r\u001b[${height}A`;
  };
  return {
    size,
    draw: (lines) => {
      const shown = lines.map(toTerminalText);
      // Each line is overwritten, then its rest erased: erasing all lines first would flicker.
      stream.write(`${home()}${shown.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`);
      drawn = shown;
    },
    clear: () => {
      if (drawn.length > 0) stream.write(`${home()}\u001b[J`);
      drawn = [];
    },
  };
}
