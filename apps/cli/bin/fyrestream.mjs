#!/usr/bin/env node
// pnpm fyrestream …: runs the command line, and builds it first where its sources changed.
import { buildBundles } from '../setup/build-bundles.mjs';
import { installDependencies } from '../setup/prepare-machine.mjs';
import { runCommandLine } from '../setup/run-command-line.mjs';
import { reportFailure } from '../setup/setup-error.mjs';

try {
  await installDependencies();
  await buildBundles();
  await runCommandLine(process.argv.slice(2));
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
