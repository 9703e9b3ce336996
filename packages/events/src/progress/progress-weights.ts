import type { JobUnits } from './job-units.ts';

/** The share of each part in the duration of a job, by experience; together 1. */
export interface ProgressWeights {
  readonly plan: number;
  /** Of audio and video. */
  readonly encode: number;
  readonly verification: number;
  readonly assembly: number;
}

/** The assembly verifies an undivided video; a divided one is verified part by part, beside the encoding. */
export function progressWeights({ count }: JobUnits): ProgressWeights {
  return count.video > 1
    ? { plan: 0.02, encode: 0.84, verification: 0.1, assembly: 0.04 }
    : { plan: 0.02, encode: 0.88, verification: 0, assembly: 0.1 };
}

/** The share of the audio within encoding and verification, beside video. */
export const audioShare = 0.1;
