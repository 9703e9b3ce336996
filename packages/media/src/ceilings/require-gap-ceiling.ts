import { MediaRefusal } from '../media-refusal.ts';
import { mediaCeilings } from './media-ceilings.ts';

/**
 * @param runs the times of a stream's packets in seconds, sorted within each run
 * @throws MediaRefusal `frame-gap-too-long`
 */
export function requireGapCeiling(runs: readonly (readonly number[])[]): void {
  let maxGap = 0;
  for (const run of runs) {
    for (let index = 1; index < run.length; index++)
      maxGap = Math.max(maxGap, (run[index] ?? 0) - (run[index - 1] ?? 0));
  }
  if (maxGap > mediaCeilings.frameGapSeconds)
    throw new MediaRefusal('frame-gap-too-long', `A gap has ${Math.round(maxGap)} s.`);
}
