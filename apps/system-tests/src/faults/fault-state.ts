import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

export type FaultKind = 'disk-full' | 'clock-jump';

/** The faults that a chaos run applies now. The local cloud, its functions and its workers read them from a file. */
export interface FaultState {
  /** The services of the cloud refuse to store anything, as they do when their disk is full. */
  readonly diskIsFull: boolean;
  /** How far the clocks of all functions and workers are ahead of the services' clock; negative if they are behind. */
  readonly clockOffsetMilliseconds: number;
}

const noFaults: FaultState = { diskIsFull: false, clockOffsetMilliseconds: 0 };

/** No faults before the file exists. */
export function readFaultState(path: string): FaultState {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return noFaults;
  }
}

/** Changes the state; a reader sees either the old or the new one. */
export function changeFaultState(path: string, change: Partial<FaultState>): void {
  writeFileSync(`${path}.new`, JSON.stringify({ ...readFaultState(path), ...change }));
  renameSync(`${path}.new`, path);
}

/** Records that a fault affected a process: a write was refused, or a clock jumped. */
export function recordFaultEffect(path: string, kind: FaultKind): void {
  appendFileSync(path, `${kind}\n`);
}

export function countFaultEffects(path: string, kind: FaultKind): number {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line === kind).length;
  } catch {
    return 0;
  }
}
