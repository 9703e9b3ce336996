import { type UnitRecord, wholeVideoUnitId } from '@fyrestream/events';
import type { EncodePlan, PlannedUnit } from '@fyrestream/media';

/** Takes the place of the video units of a plan if one of them is not exact. */
export const wholeVideoUnit: PlannedUnit = { id: wholeVideoUnitId, kind: 'video', range: null };

/** The units of audio and video that make a version, in the order of time. */
export function unitsToEncode({ units }: EncodePlan, records: readonly UnitRecord[]): readonly PlannedUnit[] {
  if (!records.some(({ isInexact }) => isInexact)) return units;
  return [...units.filter(({ kind }) => kind !== 'video'), wholeVideoUnit];
}

/** Whether the video is encoded in parts. */
export function isDivided(units: readonly PlannedUnit[]): boolean {
  return units.filter(({ kind }) => kind === 'video').length > 1;
}
