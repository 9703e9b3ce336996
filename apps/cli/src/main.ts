import '@fyrestream/cloud/tune-garbage-collection';
import { createProgram } from './create-program.ts';
import { errorMessage, exitCodeOf } from './describe-error.ts';
import { listenForInterruption } from './interruption-error.ts';
import { createTerminal } from './terminal.ts';
import { toOneLine } from './terminal-text.ts';

const terminal = createTerminal(process.stdout, process.stderr);
const program = createProgram({ terminal, interrupted: listenForInterruption(process) });

try {
  await program.parseAsync(process.argv.slice(2), { from: 'user' });
} catch (error) {
  const sentence = errorMessage(error);
  if (sentence !== null) terminal.note(toOneLine(`fyrestream: ${sentence}`));
  if (program.opts().debug && error instanceof Error) terminal.note(error.stack ?? '');
  process.exitCode = exitCodeOf(error);
}
