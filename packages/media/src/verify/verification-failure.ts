import { FyrestreamError } from '@fyrestream/events';
import type { Check } from './check.ts';

/** Checks that a new attempt may pass, because it stores the files again. All others would fail again. */
const storageChecks = new Set(['stored-files', 'playlist-references']);
const maxNamed = 3;

/** Outputs that fail verification are not published; the message has the failed checks with their values and limits. */
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

/** @throws VerificationFailure if any check failed */
export function requirePassed(checks: readonly Check[]): void {
  const failed = checks.filter(({ passed }) => !passed);
  if (failed.length > 0) throw new VerificationFailure(failed);
}

function describe({ name, subject, measured, bound }: Check): string {
  return `${name}${subject === null ? '' : ` of ${subject}`} is ${measured}, must be ${bound}`;
}
