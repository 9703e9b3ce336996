import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind } from '../faults/fault-state.ts';
import type { RestartableCloud } from '../start-restartable-cloud.ts';
import type { PlannedFault } from './plan-chaos.ts';

/** How much longer a fault lasts that has affected no process yet. */
const maxWaitMilliseconds = 30_000;
const pollMilliseconds = 100;

/** What the faults of a run did. */
export interface AppliedFaults {
  /** How many faults of each kind affected a process. */
  readonly faultsByKind: ReadonlyMap<FaultKind, number>;
}

/**
 * Applies the faults as planned; faults of one kind do not overlap.
 * @param waitFor resolves at the time of a fault
 * @param onJump called before and after clocks are wrong
 */
export async function applyFaults(
  faults: readonly PlannedFault[],
  cloud: RestartableCloud,
  waitFor: (fault: PlannedFault) => Promise<void>,
  onJump: () => void,
): Promise<AppliedFaults> {
  const kinds = [...new Set(faults.map(({ kind }) => kind))];
  const counts = kinds.map(async (kind) => {
    const ofKind = faults
      .filter((fault) => fault.kind === kind)
      .sort((left, right) => left.atMilliseconds - right.atMilliseconds);
    let applied = 0;
    for (const fault of ofKind) {
      await waitFor(fault);
      if (await apply(fault, cloud, onJump)) applied += 1;
    }
    return [kind, applied] as const;
  });
  return { faultsByKind: new Map(await Promise.all(counts)) };
}

/** @returns whether it affected a process */
async function apply(
  { kind, durationMilliseconds, clockOffsetMilliseconds }: PlannedFault,
  { faults }: RestartableCloud,
  onJump: () => void,
): Promise<boolean> {
  const effectsBefore = faults.countEffects(kind);
  const hasEffect = () => faults.countEffects(kind) > effectsBefore;
  if (kind === 'clock-jump') onJump();
  faults.change(kind === 'disk-full' ? { diskIsFull: true } : { clockOffsetMilliseconds });
  await sleep(durationMilliseconds);
  const deadline = Date.now() + maxWaitMilliseconds;
  while (!hasEffect() && Date.now() < deadline) await sleep(pollMilliseconds);
  if (kind === 'clock-jump') onJump();
  faults.change(kind === 'disk-full' ? { diskIsFull: false } : { clockOffsetMilliseconds: 0 });
  return hasEffect();
}
