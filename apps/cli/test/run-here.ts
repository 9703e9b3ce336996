import { Writable } from 'node:stream';
import { runProgram } from '../src/run-program.ts';
import { createTerminal } from '../src/terminal.ts';
import type { CommandResult } from './run-command-line.ts';

/**
 * Runs a command in this process and in its working directory: a process of its own takes half a second of CPU time to
 * start. Does not test the bundle, signals and terminals.
 */
export async function runHere(argv: readonly string[]): Promise<CommandResult> {
  const output = collectText();
  const notes = collectText();
  const exitCode = await runProgram(argv, {
    terminal: createTerminal(output.stream, notes.stream),
    interrupted: new AbortController().signal,
  });
  return { exitCode, output: output.text(), notes: notes.text() };
}

/** A stream that is no terminal. */
function collectText() {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { stream: stream as NodeJS.WriteStream, text: () => text };
}
