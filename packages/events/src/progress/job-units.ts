import {
  assemblyUnitId,
  audioUnitId,
  planUnitId,
  type UnitRecord,
  verificationUnitId,
  verifiedUnitId,
  wholeVideoUnitId,
} from '../unit-record.ts';

/** The records of a job's units by what they are for, and how many there will be. */
export interface JobUnits {
  readonly plan: UnitRecord | undefined;
  readonly audio: UnitRecord | undefined;
  /** Those that were claimed: all of the video in one, or parts of it. */
  readonly video: readonly UnitRecord[];
  /** Of the audio and video units that count; only where the video is divided. */
  readonly verifications: readonly UnitRecord[];
  readonly assembly: UnitRecord | undefined;
  readonly count: {
    readonly audio: number;
    readonly video: number;
    readonly verifications: number;
  };
}

/** @param units in any order */
export function jobUnits(units: readonly UnitRecord[]): JobUnits {
  const unitOf = (id: string) => units.find(({ unitId }) => unitId === id);
  const plan = unitOf(planUnitId);
  const audio = unitOf(audioUnitId);
  const whole = unitOf(wholeVideoUnitId);
  const video = whole === undefined ? units.filter((unit) => unitKindOf(unit) === 'video') : [whole];
  // Records of earlier releases do not say how many there will be.
  const planned = whole === undefined ? (plan?.videoUnits ?? 1) : 1;
  const count = {
    audio: plan?.audioUnits ?? (audio === undefined ? 0 : 1),
    video: Math.max(planned, video.length),
  };
  const isDivided = count.video > 1;
  const verifications = [...(audio ? [audio] : []), ...video].flatMap(
    ({ unitId }) => unitOf(verificationUnitId(unitId)) ?? [],
  );
  return {
    ...{ plan, audio, video, assembly: unitOf(assemblyUnitId) },
    verifications: isDivided ? verifications : [],
    count: { ...count, verifications: isDivided ? count.audio + count.video : 0 },
  };
}

export function unitKindOf({ unitId }: Pick<UnitRecord, 'unitId'>) {
  if (unitId === planUnitId) return 'plan';
  if (unitId === audioUnitId) return 'audio';
  if (unitId === assemblyUnitId) return 'assembly';
  return verifiedUnitId(unitId) === null ? 'video' : 'verification';
}

/** From 0 to 1. */
export function fractionOf(unit: Pick<UnitRecord, 'state' | 'progress'> | undefined): number {
  if (unit === undefined) return 0;
  return unit.state === 'done' ? 1 : unit.progress;
}
