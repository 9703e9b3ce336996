import type { CommandContext } from './command-context.ts';
import { createProgram } from './create-program.ts';
import { errorMessage, exitCodeOf } from './describe-error.ts';
import { toOneLine } from './terminal-text.ts';

/**
 * Runs one command line, and prints one sentence if it fails.
 * @param argv without the program
 * @returns the exit code
 */
export async function runProgram(argv: readonly string[], context: CommandContext): Promise<number> {
  const { terminal } = context;
  const program = createProgram(context);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    const sentence = errorMessage(error);
    if (sentence !== null) terminal.note(toOneLine(`fyrestream: ${sentence}`));
    if (program.opts().debug && error instanceof Error) terminal.note(error.stack ?? '');
    return exitCodeOf(error);
  }
}
