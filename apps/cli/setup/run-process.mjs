import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, sep } from 'node:path';
import { commandFolder } from './repository.mjs';
import { diskFullMessage, SetupError } from './setup-error.mjs';

/**
 * Runs a tool without showing its output, and waits for its end.
 * @param {string} file
 * @param {string[]} argv
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal, onFailure: string }} options signal: ends the tool;
 * onFailure: the error message, one sentence
 * @returns {Promise<string>} what the tool printed on standard output
 * @throws {SetupError} `tool-failed` or `disk-full`, with the whole output
 */
export function runTool(file, argv, { cwd, env = process.env, signal, onFailure }) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, argv, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
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
      else reject(failureOf(everything.trimEnd(), onFailure));
    });
  });
}

/**
 * @param {string} details the output of the tool
 * @param {string} onFailure
 */
function failureOf(details, onFailure) {
  return /ENOSPC|No space left on device/.test(details)
    ? new SetupError('disk-full', diskFullMessage, { details })
    : new SetupError('tool-failed', onFailure, { details });
}

/** @type {NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program on this terminal. It writes to our output, and we forward signals to it.
 * @param {string} file
 * @param {string[]} argv
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 128 + the number of the signal where a signal ended it, as in shells
 */
export function runAttached(file, argv, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, argv, { cwd, env, stdio: 'inherit' });
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // The terminal sends Ctrl-C to the child itself; a second SIGINT would mean "stop at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of forwarded) process.on(signal, forward);
    const release = () => {
      for (const signal of forwarded) process.off(signal, forward);
    };
    child.on('error', (cause) => {
      release();
      reject(cause);
    });
    child.on('close', (exitCode, signal) => {
      release();
      resolve(exitCode ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/**
 * The environment for tools: pnpm, turbo and Node of the repository come before those of the machine (turbo fails
 * without a pnpm on its path), and telemetry is off.
 */
export function toolEnvironment() {
  return {
    ...process.env,
    PATH: `${commandFolder}${delimiter}${process.env.PATH ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
  };
}

/**
 * The environment of the shell in which a command was typed: npm and pnpm put folders of packages before its path, and what Pulumi
 * finds, such as Node, is not in them.
 */
export function callerEnvironment() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const own = folders.filter((folder) => !folder.split(sep).includes('node_modules'));
  return { ...process.env, PATH: own.join(delimiter) };
}
