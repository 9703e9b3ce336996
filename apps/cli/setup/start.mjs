// npm start [-- FILE…]: prepares a fresh clone and sends videos through the pipeline, in one command.
import { buildBundles } from './build-bundles.mjs';
import { prepareMachine } from './prepare-machine.mjs';
import { runCommandLine } from './run-command-line.mjs';
import { reportFailure } from './setup-error.mjs';

try {
  await prepareMachine();
  await buildBundles();
  await runCommandLine(['start', ...process.argv.slice(2)]);
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
