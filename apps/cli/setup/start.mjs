// npm start [-- FILE…]: from a fresh clone to a video that plays, in one command.
import { tellFailure } from './announce.mjs';
import { buildBundles } from './build-bundles.mjs';
import { prepareMachine } from './prepare-machine.mjs';
import { runCommandLine } from './run-command-line.mjs';

try {
  await prepareMachine();
  await buildBundles();
  await runCommandLine(['start', ...process.argv.slice(2)]);
} catch (error) {
  tellFailure(error);
  process.exitCode = 1;
}
