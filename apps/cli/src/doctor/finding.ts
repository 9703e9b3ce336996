/** One thing that the doctor looked at. */
export interface Finding {
  readonly about: string;
  /** `unknown` where there is nothing to look at. */
  readonly verdict: 'well' | 'wrong' | 'unknown';
  /** What was seen, and what to do where it is wrong. */
  readonly said: string;
}

/** Wrong where there is something to say against it. */
export function finding(about: string, seen: string, wrong: string | null): Finding {
  return wrong === null ? { about, verdict: 'well', said: seen } : { about, verdict: 'wrong', said: wrong };
}
