import { assemblyUnitId, planUnitId, type UnitRecord, verificationUnitId } from '@fyrestream/events';
import type { EncodePlan } from '@fyrestream/media';
import { isDivided, unitsToEncode } from './units-to-encode.ts';

/** Ids of units that can be done now and are not done, in the order in which a worker tries to claim them. */
export interface OpenUnits {
  readonly main: readonly string[];
  /** One of them is done beside a unit of `main`. */
  readonly beside: readonly string[];
  /** Only the leading worker does them. */
  readonly forLeading: readonly string[];
}

/**
 * A divided video is verified unit by unit, beside the encoding. What is not divided has nothing to be verified beside: the assembly
 * does it.
 * @param plan null while there is none
 * @param owner the worker: it verifies what it encoded before what others encoded
 */
export function openUnits(plan: EncodePlan | null, records: readonly UnitRecord[], owner: string): OpenUnits {
  if (plan === null) return { main: [], beside: [], forLeading: [planUnitId] };
  const recordOf = (unitId: string) => records.find((record) => record.unitId === unitId);
  const isDone = (unitId: string) => recordOf(unitId)?.state === 'done';
  const units = unitsToEncode(plan, records);
  const open = units.filter(({ id }) => !isDone(id));
  if (!isDivided(units)) {
    const main = open.map(({ id }) => id);
    return { main, beside: [], forLeading: main.length === 0 ? [assemblyUnitId] : [] };
  }
  const unverified = units.filter(({ id }) => isDone(id) && !isDone(verificationUnitId(id)));
  const isOwn = (unitId: string) => recordOf(unitId)?.owner === owner;
  return {
    main: open.filter(({ kind }) => kind === 'video').map(({ id }) => id),
    beside: [
      ...unverified.filter(({ id }) => isOwn(id)).map(({ id }) => verificationUnitId(id)),
      ...open.filter(({ kind }) => kind === 'audio').map(({ id }) => id),
      ...unverified.filter(({ id }) => !isOwn(id)).map(({ id }) => verificationUnitId(id)),
    ],
    forLeading: open.length + unverified.length === 0 ? [assemblyUnitId] : [],
  };
}
