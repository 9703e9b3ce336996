import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findNode, runsFyrestream } from './find-node.mjs';
import { commandLineBundle, repository } from './repository.mjs';
import { runAttached } from './run-process.mjs';

/**
 * Runs the built command line in the folder of the caller. It runs in this process where this Node is new enough, because
 * a second process would need its memory for as long as a local cloud runs; otherwise in Node 24, on this terminal.
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

const scripts = new Set(['start', 'fyrestream']);

/**
 * The folder in which the command was typed. npm and pnpm run scripts in the folder of the repository and keep the original
 * folder in INIT_CWD. Programs below another script inherit that variable, so it counts only for our own scripts, and only
 * where the working directory has not changed since.
 */
export function callerFolder(environment = process.env, folder = process.cwd()) {
  const { INIT_CWD: typedIn, npm_lifecycle_event: script = '' } = environment;
  return typedIn && scripts.has(script) && folder === repository ? typedIn : folder;
}
