/** One thing that the doctor looked at. */
export interface Finding {
  readonly about: string;
  /** `unknown` where there is nothing to look at. */
  readonly verdict: 'well' | 'wrong' | 'unknown';
  /** What was seen, and what to do where it is wrong. */
  readonly message: string;
}

/** Wrong where there is something to say against it. */
export function finding(about: string, found: string, wrong: string | null): Finding {
  return wrong === null
    ? { about, verdict: 'well', message: found }
    : { about, verdict: 'wrong', message: wrong };
}
