import type { Violation } from '../violations/violation.ts';
import type { ChaosRun } from './chaos-run.ts';
import type { ChaosPlan } from './plan-chaos.ts';

/** A violation for each kind of fault that was planned and never affected a process: then the run proves nothing about it. */
export function findMissingFaults(
  { faults }: Pick<ChaosPlan, 'faults'>,
  { faultsByKind }: Pick<ChaosRun, 'faultsByKind'>,
): Violation[] {
  return [...new Set(faults.map(({ kind }) => kind))]
    .filter((kind) => !faultsByKind.get(kind))
    .map((kind) => ({
      kind: 'wrong',
      message: `faults of the kind ${kind} were planned, but none had an effect`,
    }));
}
