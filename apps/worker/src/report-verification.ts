import type { ProgressMeter } from './progress-meter.ts';

/**
 * Reports the verification of several tracks, which all count the same.
 * @param share of these tracks in the unit
 * @returns takes the verified fraction of a track, from 0 to 1
 */
export function reportVerification(
  meter: ProgressMeter,
  trackIds: readonly string[],
  share = 1,
): (trackId: string, fraction: number) => void {
  const fractions = new Map(trackIds.map((trackId) => [trackId, 0]));
  return (trackId, fraction) => {
    fractions.set(trackId, fraction);
    meter.reportTrack(trackId, fraction);
    const sum = [...fractions.values()].reduce((total, one) => total + one, 0);
    meter.report((share * sum) / Math.max(1, fractions.size));
  };
}
