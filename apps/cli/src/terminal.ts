import { styleText } from 'node:util';
import { createTerminalScreen, type TerminalScreen } from './terminal-screen.ts';
import { type Colour, markColour, toTerminalText } from './terminal-text.ts';

/**
 * Commands print results on standard output, and notes and progress on standard error. Control characters in a text are
 * made visible.
 */
export interface Terminal {
  readonly print: (line: string) => void;
  readonly note: (line: string) => void;
  /** The text in a colour, where standard output shows colours. */
  readonly colour: (colour: Colour, text: string) => string;
  /** Standard error as a screen, for progress; null where it is no terminal. */
  readonly noteScreen: TerminalScreen | null;
  /** Standard output as a screen; null where it is no terminal. */
  readonly outputScreen: TerminalScreen | null;
}

export function createTerminal(output: NodeJS.WriteStream, notes: NodeJS.WriteStream): Terminal {
  // The reader of a pipe may close it early (`fyrestream jobs | head`): that is not a failure.
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  const showsColours = styleText('red', 'x', { stream: output }) !== 'x';
  return {
    print: (line) => output.write(`${toTerminalText(line)}\n`),
    note: (line) => notes.write(`${toTerminalText(line)}\n`),
    colour: (colour, text) => (showsColours ? markColour(colour, text) : text),
    noteScreen: notes.isTTY ? createTerminalScreen(notes) : null,
    outputScreen: output.isTTY ? createTerminalScreen(output) : null,
  };
}
