import { audioUnitId, type UnitRecord, verifiedUnitId } from '../unit-record.ts';
import type { JobUnits } from './job-units.ts';
import { measuredPace, secondsFor } from './measured-pace.ts';
import type { TrackProgress } from './progress-schema.ts';

/** The progress of every track that a unit has reported, in the order in which their names are first seen. */
export function trackProgress(units: JobUnits, at: string): TrackProgress[] {
  const { audio, video, verifications, assembly, count } = units;
  const isDivided = count.verifications > 0;
  const progressOf = (kind: 'audio' | 'video', encodes: readonly UnitRecord[], unitCount: number) =>
    namesOf(encodes).map((trackId): TrackProgress => {
      const done = encodes.reduce((sum, unit) => sum + shareOf(unit, trackId), 0);
      const checks = isDivided
        ? verifications.filter(
            ({ unitId }) => (verifiedUnitId(unitId) === audioUnitId) === (kind === 'audio'),
          )
        : [assembly].filter((unit) => unit !== undefined);
      const verified = checks.reduce((sum, unit) => sum + shareOf(unit, trackId), 0);
      return {
        ...{ trackId, kind },
        fraction: Math.min(1, done / unitCount),
        verifiedFraction: Math.min(1, verified / (isDivided ? unitCount : 1)),
        ...paceOf(encodes, { trackId, remaining: unitCount - done, at }),
      };
    });
  return [
    ...progressOf('video', video, Math.max(1, count.video)),
    ...progressOf('audio', audio ? [audio] : [], 1),
  ];
}

function namesOf(units: readonly UnitRecord[]): string[] {
  return [...new Set(units.flatMap(({ pace }) => Object.keys(pace?.tracks ?? {})))];
}

function shareOf({ state, pace }: UnitRecord, trackId: string): number {
  return state === 'done' ? 1 : (pace?.tracks[trackId] ?? 0);
}

/** With less of a unit done, a comparison of its tracks says nothing. */
const minFraction = 0.001;

/** One run of ffmpeg encodes all tracks of a unit: a track that is ahead of the unit is as much faster. */
function paceOf(
  encodes: readonly UnitRecord[],
  { trackId, remaining, at }: { trackId: string; remaining: number; at: string },
): Pick<TrackProgress, 'speed' | 'etaSeconds'> {
  const measured = encodes.flatMap((unit) => {
    const pace = measuredPace(unit, at);
    const share = unit.pace?.tracks[trackId];
    if (pace === null || pace.speed === null || share === undefined) return [];
    const ahead = unit.progress > minFraction ? share / unit.progress : 1;
    return { speed: pace.speed * ahead, perSecond: pace.fractionPerSecond * ahead };
  });
  const perSecond = measured.reduce((sum, pace) => sum + pace.perSecond, 0);
  return {
    speed: measured.length === 0 ? null : measured.reduce((sum, { speed }) => sum + speed, 0),
    etaSeconds: remaining <= 0 ? 0 : secondsFor(remaining, perSecond),
  };
}
