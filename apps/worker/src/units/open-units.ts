import { assemblyUnitId, planUnitId, type UnitRecord, verificationUnitId } from '@fyrestream/events';
import type { EncodePlan, PlannedUnit } from '@fyrestream/media';
import { isDivided, unitsToEncode } from './units-to-encode.ts';

/** Ids of units that can be done now and are not done, in the order in which a worker tries to claim them. */
export interface OpenUnits {
  readonly main: readonly string[];
  /** One of them is done beside a unit of `main`. */
  readonly beside: readonly string[];
}

export interface OpenUnitsOptions {
  /** The worker: it verifies what it encoded before what others encoded. */
  readonly owner: string;
  /** Only the leading worker plans, encodes audio and assembles. */
  readonly isLeading: boolean;
  /** What it does now: the ledger would give an owner its own claim a second time, as the answer may have been lost. */
  readonly running: ReadonlySet<string>;
}

/**
 * A divided video is verified unit by unit, beside the encoding. What is not divided has nothing to be verified beside: the assembly
 * does it.
 * @param plan null while there is none
 */
export function openUnits(
  plan: EncodePlan | null,
  records: readonly UnitRecord[],
  { owner, isLeading, running }: OpenUnitsOptions,
): OpenUnits {
  if (plan === null) return { main: isLeading ? [planUnitId] : [], beside: [] };
  const recordOf = (unitId: string) => records.find((record) => record.unitId === unitId);
  const isDone = (unitId: string) => recordOf(unitId)?.state === 'done';
  const units = unitsToEncode(plan, records);
  const open = units.filter(({ id }) => !isDone(id));
  const free = (unitIds: readonly string[]) => unitIds.filter((unitId) => !running.has(unitId));
  const assembly = isLeading ? [assemblyUnitId] : [];
  if (!isDivided(units)) {
    const main = open.map(({ id }) => id);
    return { main: main.length === 0 ? assembly : free(main), beside: [] };
  }
  const unverified = units.filter(({ id }) => isDone(id) && !isDone(verificationUnitId(id)));
  const isOwn = (unitId: string) => recordOf(unitId)?.owner === owner;
  const openVideo = open.filter(({ kind }) => kind === 'video').map(({ id }) => id);
  // Audio needs all of the source, which the leading worker has.
  const audio = isLeading ? open.filter(({ kind }) => kind === 'audio').map(({ id }) => id) : [];
  const verificationsOf = (found: readonly PlannedUnit[]) => found.map(({ id }) => verificationUnitId(id));
  return {
    main: open.length + unverified.length === 0 ? assembly : free(openVideo),
    beside: free([
      ...verificationsOf(unverified.filter(({ id }) => isOwn(id))),
      ...audio,
      ...verificationsOf(unverified.filter(({ id }) => !isOwn(id))),
    ]),
  };
}
