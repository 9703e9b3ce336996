import { audioUnitId, versionPrefix } from '@fyrestream/events';
import { type EncodePlan, plannedRenditions } from '../plan/encode-plan.ts';
import type { TrackAddresses } from './address-tracks.ts';

/** The tracks of a plan that a version has already. Audio is one unit: all of it, or none. */
export function keepableTracks(
  plan: EncodePlan,
  wanted: TrackAddresses,
  published: TrackAddresses,
): string[] {
  const isSame = ({ id }: { readonly id: string }) =>
    wanted[id] !== undefined && wanted[id] === published[id];
  return wholeAudio(
    plan,
    [...plannedRenditions(plan), ...plan.audio].filter(isSame).map(({ id }) => id),
  );
}

/**
 * The plan that takes these tracks from a version. Without a rendition to encode it has no unit of video; the unit of audio remains,
 * which also makes the captions.
 */
export function keepTracks(
  plan: EncodePlan,
  version: { readonly jobId: string; readonly token: number },
  trackIds: readonly string[],
): EncodePlan {
  const ids = wholeAudio(plan, trackIds);
  if (ids.length === 0) return plan;
  const { jobId, token } = version;
  const why = `made in the same way in ${versionPrefix(jobId, token)}`;
  const encodesVideo = plannedRenditions(plan).some(({ id }) => !ids.includes(id));
  const units = plan.units.filter(({ kind }) => kind !== 'video' || encodesVideo);
  return {
    ...plan,
    kept: { jobId, token, trackIds: ids, why },
    units: units.length > 0 ? units : [{ id: audioUnitId, kind: 'audio', range: null }],
  };
}

function wholeAudio({ audio }: EncodePlan, trackIds: readonly string[]): string[] {
  const hasAll = audio.every(({ id }) => trackIds.includes(id));
  return trackIds.filter((id) => hasAll || !audio.some((track) => track.id === id));
}
