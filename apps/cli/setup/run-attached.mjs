import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** @type {NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program on this terminal in our place: its output is ours, the signals we get are its own to answer.
 * @param {string} file
 * @param {string[]} argv
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 128 + the signal's number where a signal ended it, as shells say it
 */
export function runAttached(file, argv, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, argv, { cwd, env, stdio: 'inherit' });
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // Ctrl-C reaches the child from the terminal itself; a second one from us would read as "at once".
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
