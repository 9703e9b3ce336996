import { assemblyUnitId, audioUnitId, FyrestreamError, planUnitId } from '@fyrestream/events';
import type { JobTimes } from '../measure/critical-path.ts';
import type { UnitTime } from './read-unit-times.ts';

/** The parts of a job that one worker did, with the unit that each time is of. */
export interface MeasuredJobTimes extends JobTimes {
  readonly audioSeconds: number;
  /** Of all of the video. */
  readonly videoSeconds: number;
}

/**
 * Divides the wall time of a job that one worker did. What follows the assembly counts as assembly. Units may overlap, where one is
 * verified while the next one is encoded: the time between plan and assembly is divided among them as their own times are.
 * @throws FyrestreamError `units-missing` if the log does not show plan and assembly
 */
export function jobTimesOf(
  unitTimes: readonly UnitTime[],
  { startedAt, wallSeconds }: { startedAt: number; wallSeconds: number },
): MeasuredJobTimes {
  const plan = unitTimes.find(({ unitId }) => unitId === planUnitId);
  const assembly = unitTimes.find(({ unitId }) => unitId === assemblyUnitId);
  if (plan === undefined || assembly === undefined) {
    const message = 'The log of the worker does not show when its units were done.';
    throw new FyrestreamError({ code: 'units-missing', message, retryable: false });
  }
  const units = unitTimes.filter((unit) => unit !== plan && unit !== assembly);
  const own = units.map(secondsOf);
  const encodeSeconds = (assembly.claimedAt - plan.doneAt) / 1_000;
  const scale = encodeSeconds / own.reduce((sum, seconds) => sum + seconds, 0);
  const unitSeconds = own.map((seconds) => seconds * scale);
  const audioSeconds = unitSeconds
    .filter((_, index) => units[index]?.unitId === audioUnitId)
    .reduce((sum, seconds) => sum + seconds, 0);
  return {
    startSeconds: (plan.claimedAt - startedAt) / 1_000,
    planSeconds: secondsOf(plan),
    unitSeconds,
    assemblySeconds: wallSeconds - (assembly.claimedAt - startedAt) / 1_000,
    audioSeconds,
    videoSeconds: encodeSeconds - audioSeconds,
  };
}

function secondsOf({ claimedAt, doneAt }: UnitTime): number {
  return (doneAt - claimedAt) / 1_000;
}
