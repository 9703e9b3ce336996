import { SetupError } from './setup-error.mjs';

/** @param {string} line */
const say = (line) => process.stderr.write(`${line}\n`);

/**
 * One line per step that did something, on standard error: what a command prints stays its own.
 * @template T
 * @param {string} doing what is done, said before, because it may take minutes
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function announce(doing, step) {
  const started = Date.now();
  say(`fyrestream: ${doing} …`);
  const result = await step();
  say(`fyrestream: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

/**
 * Tells a person why set-up stopped, the tool's own words first; other errors are ours and keep their stack.
 * @param {unknown} error
 */
export function tellFailure(error) {
  if (!(error instanceof SetupError)) throw error;
  if (error.details) say(error.details);
  say(`fyrestream: ${error.message}`);
}
