/** Set-up cannot continue until a person does something. The message is one sentence that says what. */
export class SetupError extends Error {
  /**
   * @param {string} code stable, in kebab-case
   * @param {string} message
   * @param {{ details?: string, cause?: unknown }} [facts] details: the output of the tool that failed
   */
  constructor(code, message, { details = '', cause } = {}) {
    super(message, { cause });
    this.name = 'SetupError';
    this.retryable = false;
    this.code = code;
    this.details = details;
  }
}

export const diskFullMessage = 'The disk is full: make room and try again.';

/**
 * Reports a step and its duration on standard error, so that standard output holds only the output of the command.
 * @template T
 * @param {string} title reported before the step starts, because it may take minutes
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function reportStep(title, step) {
  const started = Date.now();
  writeLine(`fyrestream: ${title} …`);
  const result = await step();
  writeLine(`fyrestream: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

/**
 * Reports why set-up stopped: first the output of the tool, then the message. Rethrows errors of any other type.
 * @param {unknown} error
 */
export function reportFailure(error) {
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return writeLine(`fyrestream: ${diskFullMessage}`);
  }
  if (!(error instanceof SetupError)) throw error;
  if (error.details) writeLine(error.details);
  writeLine(`fyrestream: ${error.message}`);
}

/** @param {string} line */
function writeLine(line) {
  process.stderr.write(`${line}\n`);
}
