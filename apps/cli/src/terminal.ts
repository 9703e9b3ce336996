import { styleText } from 'node:util';

/** Commands print results on standard output, and notes and progress on standard error. */
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

export type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';

export function createTerminal(output: NodeJS.WriteStream, notes: NodeJS.WriteStream): Terminal {
  // The reader of a pipe may close it early (`fyrestream jobs | head`): that is not a failure.
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    print: (line) => output.write(`${line}\n`),
    note: (line) => notes.write(`${line}\n`),
    colour: (colour, text) => styleText(colour, text, { stream: output }),
    notesAreInteractive: notes.isTTY === true,
    outputIsInteractive: output.isTTY === true,
  };
}
