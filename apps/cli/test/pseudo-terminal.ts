import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** A program in a real pseudo-terminal, and what a terminal of this size shows of it. */
export interface PseudoTerminal {
  /** The rows that are visible now, without trailing spaces. */
  readonly screen: () => string[];
  /** The rows that have scrolled out of view. */
  readonly scrollback: () => string[];
  /** The screen after each piece of output. */
  readonly history: string[][];
  readonly type: (keys: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  /** Resolves with the exit code when the program has ended and everything is shown. */
  readonly ended: Promise<number>;
}

/** @param program Node by default */
export function openPseudoTerminal(
  argv: string[],
  {
    columns,
    rows,
    cwd,
    program = process.execPath,
  }: { columns: number; rows: number; cwd?: string; program?: string },
): PseudoTerminal {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 1_000, allowProposedApi: true });
  const child = spawn(program, argv, { cols: columns, rows, ...(cwd !== undefined && { cwd }) });
  const line = (row: number) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '';
  const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, row) => line(from + row));
  const top = () => terminal.buffer.active.baseY;
  const screen = () => lines(top(), top() + terminal.rows);
  const history: string[][] = [];
  child.onData((text) => terminal.write(text, () => history.push(screen())));
  const ended = new Promise<number>((resolve) =>
    child.onExit(({ exitCode }) => terminal.write('', () => resolve(exitCode))),
  );
  return {
    screen,
    scrollback: () => lines(0, top()),
    history,
    type: (keys) => child.write(keys),
    resize: (newColumns, newRows) => {
      terminal.resize(newColumns, newRows);
      child.resize(newColumns, newRows);
    },
    ended,
  };
}
