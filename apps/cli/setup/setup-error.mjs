/**
 * Set-up cannot go on and a person has to do something: the message is one sentence that says what.
 * `details` is what the failed tool printed, if one did.
 */
export class SetupError extends Error {
  /**
   * @param {string} code stable, in kebab-case
   * @param {string} message
   * @param {{ details?: string, cause?: unknown }} [facts]
   */
  constructor(code, message, { details = '', cause } = {}) {
    super(message, { cause });
    this.name = 'SetupError';
    this.retryable = false;
    this.code = code;
    this.details = details;
  }
}
