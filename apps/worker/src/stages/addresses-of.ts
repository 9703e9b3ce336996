import { addressTracks, type EncodePlan, type TrackAddresses, type TrackManifest } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';

/** The content addresses of tracks that this worker encodes. Those of another worker differ where its ffmpeg does. */
export async function addressesOf(
  { ffmpeg, job }: JobContext,
  plan: EncodePlan,
  tracks: readonly Pick<TrackManifest, 'trackId'>[],
): Promise<TrackAddresses> {
  const addresses = addressTracks(plan, { upload: job.upload, toolVersions: await ffmpeg.versions() });
  const own = new Set(tracks.map(({ trackId }) => trackId));
  return Object.fromEntries(Object.entries(addresses).filter(([id]) => own.has(id)));
}
