import { settingsSchema } from '@fyrestream/events';

/** As long as the setting allows: no video is divided. */
export const unsplitSeconds = 172_800;
/** A unit has at least one segment. */
const minSeconds = 6;

/** The length of units of a stack that sets none, or half of shorter material, so that it is divided at all. */
export function splitUnitSeconds(materialSeconds: number): number {
  const { unitSeconds } = settingsSchema.parse({});
  return Math.max(minSeconds, Math.min(unitSeconds, Math.floor(materialSeconds / 2)));
}

/** The length of units for several workers: ten of them, if segments and the default allow it, so that each worker gets its share. */
export function workerUnitSeconds(materialSeconds: number): number {
  const { unitSeconds } = settingsSchema.parse({});
  return Math.max(minSeconds, Math.min(unitSeconds, materialSeconds / 10));
}
