import { FyrestreamError } from '@fyrestream/events';
import type { Check } from './check.ts';

/** Checks that a new attempt may pass: what they look at is stored anew. All else would come out the same again. */
const storageChecks = new Set(['stored-files', 'playlist-references']);
const maxNamed = 3;

/** What fails verification is never published; the message names the checks, what they measured, and their bounds. */
export class VerificationFailure extends FyrestreamError {
  declare readonly code: 'verification-failed';
  readonly failed: readonly Check[];

  constructor(failed: readonly Check[]) {
    const named = failed.slice(0, maxNamed).map(describe);
    const more = failed.length > maxNamed ? `; and ${failed.length - maxNamed} more` : '';
    super({
      code: 'verification-failed',
      message: `Verification failed, nothing was published: ${named.join('; ')}${more}.`,
      retryable: failed.every(({ name }) => storageChecks.has(name)),
    });
    this.name = 'VerificationFailure';
    this.failed = failed;
  }
}

/** @throws VerificationFailure where any of the checks failed */
export function requirePassed(checks: readonly Check[]): void {
  const failed = checks.filter(({ passed }) => !passed);
  if (failed.length > 0) throw new VerificationFailure(failed);
}

function describe({ name, subject, measured, bound }: Check): string {
  return `${name}${subject === null ? '' : ` of ${subject}`} is ${measured}, must be ${bound}`;
}
