import { spawn } from 'node:child_process';
import { SetupError } from './setup-error.mjs';

/**
 * Runs a tool that has nothing to say to a person and waits for its end.
 * @param {string} file
 * @param {string[]} argv
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onFailure: string }} options onFailure: the sentence for a person
 * @returns {Promise<string>} what it printed on its standard output
 * @throws {SetupError} `tool-failed` with everything it printed
 */
export function runTool(file, argv, { cwd, env = process.env, onFailure }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let everything = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      everything += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      everything += text;
    });
    child.on('error', (cause) =>
      reject(new SetupError('tool-failed', onFailure, { details: cause.message, cause })),
    );
    child.on('close', (exitCode) => {
      if (exitCode === 0) resolve(output);
      else reject(new SetupError('tool-failed', onFailure, { details: everything.trimEnd() }));
    });
  });
}
