import type { Plan, Track } from '../api/views.ts';

/** The tracks of a job in the order of its plan, also those of which nothing is encoded yet. */
export function withPlannedTracks(
  tracks: readonly Track[],
  plan: Pick<Plan, 'renditions' | 'audio'> | undefined,
): readonly Track[] {
  if (plan === undefined) return tracks;
  const planned = [
    ...plan.renditions.map(({ id }) => ({ id, kind: 'video' as const })),
    ...plan.audio.map(({ id }) => ({ id, kind: 'audio' as const })),
  ];
  const known = new Map(tracks.map((track) => [track.trackId, track]));
  return planned.map(({ id, kind }) => known.get(id) ?? notBegun(id, kind));
}

function notBegun(trackId: string, kind: Track['kind']): Track {
  return { trackId, kind, fraction: 0, verifiedFraction: 0, speed: null, etaSeconds: null };
}
