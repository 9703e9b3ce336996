import type { JobRecord } from '../job-record.ts';
import { planUnitId, type UnitRecord } from '../unit-record.ts';
import { estimateRemaining } from './estimate-remaining.ts';
import { fractionOf, type JobUnits, jobUnits, unitKindOf } from './job-units.ts';
import { measuredPace } from './measured-pace.ts';
import type { JobProgress, ProgressPhase, UnitProgress } from './progress-schema.ts';
import { audioShare, progressWeights } from './progress-weights.ts';
import { trackProgress } from './track-progress.ts';

/**
 * How far a job is, from its record and those of its units. While its plan stands, the fraction never falls, however many
 * workers take part and whatever ends them. It falls where a job begins again: a person retries it, or a part of the video
 * was not exact and all of it is encoded once more.
 * @param at now, ISO 8601: what workers reported is some seconds old
 */
export function jobProgress(
  job: Pick<JobRecord, 'status' | 'launch'>,
  records: readonly UnitRecord[],
  at: string,
): JobProgress {
  const units = jobUnits(records);
  const parts = partsOf(units);
  const isRunning = job.status === 'running';
  const done = units.video.filter(({ state }) => state === 'done').length;
  return {
    phase: phaseOf(job, units),
    fraction: job.status === 'succeeded' ? 1 : totalOf(units, parts),
    speed: isRunning ? speedOf(units, at) : null,
    etaSeconds: isRunning ? estimateRemaining(units, at) : null,
    videoUnits: { done, total: units.plan?.state === 'done' ? units.count.video : null },
    units: records.toSorted(inOrder).map((record) => unitProgress(record, at)),
    tracks: trackProgress(units, at),
  };
}

/** From 0 to 1 each. */
interface Parts {
  readonly plan: number;
  readonly encode: number;
  readonly verification: number;
  readonly assembly: number;
}

function partsOf(units: JobUnits): Parts {
  const { plan, audio, video, verifications, assembly, count } = units;
  const shareOfAudio = count.audio === 0 ? 0 : count.video === 0 ? 1 : audioShare;
  const averageOf = (found: readonly UnitRecord[], total: number) =>
    total === 0 ? 0 : Math.min(1, found.reduce((sum, unit) => sum + fractionOf(unit), 0) / total);
  return {
    plan: fractionOf(plan),
    encode: fractionOf(audio) * shareOfAudio + averageOf(video, count.video) * (1 - shareOfAudio),
    verification: averageOf(verifications, count.verifications),
    assembly: fractionOf(assembly),
  };
}

function totalOf(units: JobUnits, parts: Parts): number {
  const weights = progressWeights(units);
  const total =
    parts.plan * weights.plan +
    parts.encode * weights.encode +
    parts.verification * weights.verification +
    parts.assembly * weights.assembly;
  return Math.min(1, total);
}

function phaseOf(
  { status, launch }: Pick<JobRecord, 'status' | 'launch'>,
  { plan, assembly }: JobUnits,
): ProgressPhase {
  if (status === 'queued') return launch?.taskArn ? 'starting' : 'queued';
  if (status !== 'running') return status;
  if (assembly !== undefined) return 'assembling';
  return plan?.state === 'done' ? 'encoding' : 'planning';
}

function speedOf({ audio, video, count }: JobUnits, at: string): number | null {
  const encodes = count.video === 0 && audio ? [audio] : video;
  const speeds = encodes.flatMap((unit) => measuredPace(unit, at)?.speed ?? []);
  return speeds.length === 0 ? null : speeds.reduce((sum, speed) => sum + speed, 0);
}

/** A finished unit has the average speed of its last owner. */
function unitProgress(record: UnitRecord, at: string): UnitProgress {
  const pace = measuredPace(record, at);
  return {
    unitId: record.unitId,
    kind: unitKindOf(record),
    state: record.state,
    fraction: fractionOf(record),
    ...(record.state === 'done'
      ? { speed: record.pace?.speed ?? null, etaSeconds: 0 }
      : { speed: pace?.speed ?? null, etaSeconds: pace?.etaSeconds ?? null }),
  };
}

/** The plan is first, the assembly last. */
function inOrder(a: UnitRecord, b: UnitRecord): number {
  return rankOf(a) - rankOf(b) || a.unitId.localeCompare(b.unitId);
}

function rankOf(unit: UnitRecord): number {
  if (unit.unitId === planUnitId) return 0;
  return unitKindOf(unit) === 'assembly' ? 2 : 1;
}
