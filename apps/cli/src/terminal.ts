import { styleText } from 'node:util';
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
  /** Whether standard error is a terminal, so that progress may be redrawn. */
  readonly notesAreInteractive: boolean;
  /** Whether standard output is a terminal. */
  readonly outputIsInteractive: boolean;
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
    notesAreInteractive: notes.isTTY === true,
    outputIsInteractive: output.isTTY === true,
  };
}
