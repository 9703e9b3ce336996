/** The result of one check of the doctor. */
export interface Finding {
  readonly about: string;
  /** `unknown` where there is nothing to check. */
  readonly verdict: 'well' | 'wrong' | 'unknown';
  /** What was found, and what to do where it is wrong. */
  readonly message: string;
}

/** `wrong` with that message where `wrong` is not null. */
export function createFinding(about: string, found: string, wrong: string | null): Finding {
  return wrong === null
    ? { about, verdict: 'well', message: found }
    : { about, verdict: 'wrong', message: wrong };
}
