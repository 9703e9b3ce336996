import { changeFaultState, countFaultEffects, type FaultKind, type FaultState } from './fault-state.ts';

/** Starts and ends faults of a running cloud. */
export interface FaultSwitch {
  readonly change: (change: Partial<FaultState>) => void;
  /** How often faults of a kind have affected a process so far. */
  readonly countEffects: (kind: FaultKind) => number;
}

export function createFaultSwitch(faultsFile: string, effectsFile: string): FaultSwitch {
  return {
    change: (change) => changeFaultState(faultsFile, change),
    countEffects: (kind) => countFaultEffects(effectsFile, kind),
  };
}
