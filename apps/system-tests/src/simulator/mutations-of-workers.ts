import type { Ledger } from '@fyrestream/cloud';
import { planUnitId, type UnitRecord } from '@fyrestream/events';
import { type ComponentOverrides, noOverrides } from './component-overrides.ts';

/** The guards that several workers on one job need, as in `mutations`. */
export const mutationsOfWorkers: Readonly<Record<string, () => ComponentOverrides>> = {
  'additional workers only encode': () => ({
    ...noOverrides,
    request: (original) => ({ ...original, slot: 0 }),
  }),
  'place that an additional worker gives back': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({
      ...original,
      async advance(jobId, step) {
        if (step.kind !== 'additional-ended') return original.advance(jobId, step);
        const job = (await original.readJob(jobId)) as NonNullable<Awaited<ReturnType<Ledger['readJob']>>>;
        return { outcome: 'refused', because: 'the guard is removed', job };
      },
    }),
  }),
  'places of additional workers in the limit': () => ({
    ...noOverrides,
    invokerLedger: (original) => ({
      ...original,
      async listWholePhase(phase) {
        const jobs = await original.listWholePhase(phase);
        return jobs.map(({ additional: _, ...job }) => job);
      },
      // The last places that were given are counted too.
      async readTurn() {
        const turn = await original.readTurn();
        return { ...turn, grants: turn.grants.filter(({ slot }) => slot === 0) };
      },
    }),
  }),
  'stop of the additional workers of an ended job': () => ({
    ...noOverrides,
    launcher: (original) => ({ ...original, stop: async () => {} }),
  }),
  'winning claim of a unit in the join': () => ({
    ...noOverrides,
    workerLedger: withUnits((unit) => (unit.state === 'done' ? { ...unit, token: 1 } : unit)),
  }),
  'token of the plan that a worker follows': () => ({ ...noOverrides, workerLedger: keepFirstPlan }),
};

function withUnits(change: (unit: UnitRecord) => UnitRecord) {
  return (original: Ledger): Ledger => ({
    ...original,
    listUnits: async (jobId) => (await original.listUnits(jobId)).map(change),
    async readUnit(jobId, unitId) {
      const unit = await original.readUnit(jobId, unitId);
      return unit === null ? null : change(unit);
    },
  });
}

/** A worker never notices that its job was planned again. */
function keepFirstPlan(original: Ledger): Ledger {
  let first: UnitRecord | null = null;
  return withUnits((unit) => {
    if (unit.unitId !== planUnitId) return unit;
    if (unit.state === 'done') first ??= unit;
    return first ?? unit;
  })(original);
}
