#!/usr/bin/env node
// pnpm fyrestream …: the operator's tool, built first where its sources changed.
import { tellFailure } from '../setup/announce.mjs';
import { buildBundles } from '../setup/build-bundles.mjs';
import { installDependencies } from '../setup/install-dependencies.mjs';
import { runCommandLine } from '../setup/run-command-line.mjs';

try {
  await installDependencies();
  await buildBundles();
  await runCommandLine(process.argv.slice(2));
} catch (error) {
  tellFailure(error);
  process.exitCode = 1;
}
