import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { callerFolder } from './caller-folder.mjs';
import { findNode, runsFyrestream } from './find-node.mjs';
import { commandLineBundle, repository } from './repository.mjs';
import { runAttached } from './run-attached.mjs';

/**
 * Runs the built command line where the person stands: in this very process where our Node can, because a
 * second one would cost its memory for as long as a local cloud runs; else in Node 24, with our terminal.
 * @param {string[]} argv
 */
export async function runCommandLine(argv) {
  const folder = callerFolder();
  if (!runsFyrestream(process.versions.node)) {
    process.exitCode = await runAttached(findNode(), [commandLineBundle, ...argv], { cwd: folder });
    return;
  }
  module.enableCompileCache?.(join(repository, 'node_modules', '.cache', 'node-compile-cache'));
  process.chdir(folder);
  process.argv = [process.execPath, commandLineBundle, ...argv];
  await import(pathToFileURL(commandLineBundle).href);
}
