import type { UnitRecord } from '../unit-record.ts';
import { fractionOf, type JobUnits } from './job-units.ts';
import { measuredPace, secondsFor } from './measured-pace.ts';
import { progressWeights } from './progress-weights.ts';

/**
 * The seconds until a running job has succeeded, by what its workers measured: its video by all workers together, then the
 * assembly, whose share is known by experience until it is measured.
 * @returns null before enough is known
 */
export function estimateRemaining(units: JobUnits, at: string): number | null {
  const { assembly, count, audio, video, verifications } = units;
  if (assembly !== undefined) return assembly.state === 'done' ? 0 : etaOf(assembly, at);
  const videoSeconds = secondsOfVideo(units, at);
  const audioSeconds = isDone(audio) || count.audio === 0 ? 0 : audio && etaOf(audio, at);
  // Audio alone needs its measurement; beside video it is a small part that may not have begun.
  if (videoSeconds === null || (count.video === 0 && audioSeconds == null)) return null;
  const isDivided = count.video > 1;
  const besideSeconds = isDivided ? verifications.map((unit) => etaOf(unit, at) ?? 0) : [];
  const encodeSeconds = isDivided
    ? Math.max(videoSeconds, audioSeconds ?? 0, ...besideSeconds)
    : videoSeconds + (audioSeconds ?? 0);
  const weights = progressWeights(units);
  const begun = [audio, ...video].flatMap((unit) => unit?.claimedAt ?? []).toSorted()[0];
  const spentSeconds = begun === undefined ? 0 : Math.max(0, (Date.parse(at) - Date.parse(begun)) / 1_000);
  const assemblyShare = weights.assembly / (weights.encode + weights.verification);
  return encodeSeconds + (spentSeconds + encodeSeconds) * assemblyShare;
}

/** Parts that nobody has claimed yet are done at the pace of those that are being encoded. */
function secondsOfVideo({ video, count }: JobUnits, at: string): number | null {
  const remaining = count.video - video.reduce((sum, unit) => sum + fractionOf(unit), 0);
  if (remaining <= 0) return 0;
  const paces = video.flatMap((unit) => measuredPace(unit, at) ?? []);
  const perSecond = paces.reduce((sum, { fractionPerSecond }) => sum + fractionPerSecond, 0);
  const together = secondsFor(remaining, perSecond);
  return together === null ? null : Math.max(together, ...paces.map(({ etaSeconds }) => etaSeconds ?? 0));
}

function etaOf(unit: UnitRecord, at: string): number | null {
  return isDone(unit) ? 0 : (measuredPace(unit, at)?.etaSeconds ?? null);
}

function isDone(unit: UnitRecord | undefined): boolean {
  return unit?.state === 'done';
}
