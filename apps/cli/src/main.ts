import '@fyrestream/cloud/tune-garbage-collection';
import { listenForInterruption } from './interruption-error.ts';
import { runProgram } from './run-program.ts';
import { createTerminal } from './terminal.ts';

process.exitCode = await runProgram(process.argv.slice(2), {
  terminal: createTerminal(process.stdout, process.stderr),
  interrupted: listenForInterruption(process),
});
