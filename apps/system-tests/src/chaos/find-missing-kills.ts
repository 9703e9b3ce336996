import type { Violation } from '../violations/violation.ts';
import type { ChaosRun } from './chaos-run.ts';
import type { ChaosPlan } from './plan-chaos.ts';

/** Fewer planned kills may all find no process, as in a short run. */
const minPlannedKills = 5;

/** A violation for each kind of process that was never killed although it was planned: then the run proves nothing about it. */
export function findMissingKills(
  { kills }: Pick<ChaosPlan, 'kills'>,
  { killsByTarget }: Pick<ChaosRun, 'killsByTarget'>,
): Violation[] {
  return [...killsByTarget].flatMap(([target, killed]): Violation[] => {
    const planned = kills.filter((kill) => kill.target === target).length;
    if (killed > 0 || planned < minPlannedKills) return [];
    return [{ kind: 'wrong', message: `${planned} kills of a ${target} were planned, but none was found` }];
  });
}
