import { styleText } from 'node:util';

/** Where a command writes: results on standard output, everything said meanwhile on standard error. */
export interface Terminal {
  readonly print: (line: string) => void;
  readonly note: (line: string) => void;
  /** A line of text in a colour, where standard output shows colours. */
  readonly colour: (colour: Colour, text: string) => string;
  /** Whether a person watches standard error, so that it may be redrawn. */
  readonly watched: boolean;
  /** Whether results go to a person too. */
  readonly printsToPerson: boolean;
}

export type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'dim' | 'bold';

export function createTerminal(output: NodeJS.WriteStream, notes: NodeJS.WriteStream): Terminal {
  // The reader of a pipe may have seen enough (`fyrestream jobs | head`): that is no failure.
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    print: (line) => output.write(`${line}\n`),
    note: (line) => notes.write(`${line}\n`),
    colour: (colour, text) => styleText(colour, text, { stream: output }),
    watched: notes.isTTY === true,
    printsToPerson: output.isTTY === true,
  };
}
