import { rm } from 'node:fs/promises';
import type { PublishedRendition } from '@fyrestream/events';
import { asPublished, type Check, type TrackManifest } from '@fyrestream/media';
import { forEachConcurrent } from '../for-each-concurrent.ts';
import type { JobContext } from '../job-context.ts';
import { reportVerification } from '../report-verification.ts';
import { isKeptTrack } from '../stored-plan.ts';
import { hasImages, makeImages } from './make-images.ts';
import { joinTrack } from './make-mp4.ts';
import type { MakeVerifiedMp4sInputs } from './make-verified-mp4s-inputs.ts';
import { segmentsRendition } from './published-rendition.ts';
import { verifyContent } from './verify.ts';

const concurrency = 2;
/** Of the assembly; the rest is that of copying and checking all files. */
const share = 0.8;

/** What `makeVerifiedMp4s` does where no MP4s are wanted: verifies the segments of every track, and makes the images. */
export async function verifyTracks(
  work: JobContext,
  inputs: MakeVerifiedMp4sInputs,
): Promise<PublishedRendition[]> {
  const { tracks, claim, requireChecks } = inputs;
  const all = [...tracks.presentation.video, ...tracks.presentation.audio];
  const checked = new Map<TrackManifest, Check[]>();
  const trackIds = all.map(({ trackId }) => trackId);
  const onVerified = reportVerification(claim.meter, trackIds, share);
  await forEachConcurrent(all, concurrency, async (track) => {
    const onDecoded = (fraction: number) => onVerified(track.trackId, 0.9 * fraction);
    checked.set(track, await verifyTrack(work, inputs, track, onDecoded));
    onVerified(track.trackId, 1);
  });
  // In one order, so that equal facts give equal certificates.
  for (const track of all) requireChecks(checked.get(track) ?? []);
  const { video, audio } = asPublished(tracks.presentation);
  return [...video, ...audio].map(segmentsRendition);
}

async function verifyTrack(
  work: JobContext,
  { stored, tracks, capture, files, claim: { signal } }: MakeVerifiedMp4sInputs,
  track: TrackManifest,
  onDecoded: (fraction: number) => void,
): Promise<Check[]> {
  // It or its units were verified, and nothing is made of it.
  const isVerified = capture === null || isKeptTrack(stored, track.trackId);
  if (isVerified && !hasImages(stored, tracks, track)) return [];
  const path = await joinTrack(work, tracks, track, signal);
  const audioTrackId = track.kind === 'audio' ? track.trackId : null;
  const file = { path, track, segmentHashes: null, audioTrackId, onDecoded };
  const { plan } = stored;
  const { loudness } = tracks;
  const checks = isVerified ? [] : await verifyContent(work, { plan, capture, loudness, file, signal });
  await makeImages(work, { stored, tracks, files, path, track }, signal);
  await rm(path);
  return checks;
}
