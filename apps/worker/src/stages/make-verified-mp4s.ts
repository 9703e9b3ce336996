import { rm } from 'node:fs/promises';
import { type PublishedRendition, posterFileName } from '@fyrestream/events';
import {
  type AudioTrackManifest,
  type Check,
  measureBandwidth,
  spriteSource,
  type TrackManifest,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import type { ReferenceCaptures } from '../reference-capture/read-reference-captures.ts';
import type { StoredPlan } from '../stored-plan.ts';
import type { VersionFiles } from '../version-files.ts';
import type { GatheredTracks } from './gather-tracks.ts';
import { joinTrack, makeMp4 } from './make-mp4.ts';
import { makePoster } from './make-poster.ts';
import { makeSprites } from './make-sprites.ts';
import { verifyContent, verifyFile } from './verify.ts';

export interface MakeVerifiedMp4sInputs {
  readonly stored: StoredPlan;
  readonly tracks: GatheredTracks;
  readonly capture: ReferenceCaptures;
  readonly files: VersionFiles;
  readonly claim: ActiveClaim;
  /** Collects checks for the certificate. @throws VerificationFailure if one of them failed */
  requireChecks(checks: Check[]): void;
}

/** Makes one MP4 per rendition and verifies each before it is stored; verifies also the audio tracks that no MP4 contains. */
export async function makeVerifiedMp4s(
  work: JobContext,
  inputs: MakeVerifiedMp4sInputs,
): Promise<PublishedRendition[]> {
  const { stored, tracks, capture, files, claim, requireChecks } = inputs;
  const { video, audio } = tracks.presentation;
  const renditions: PublishedRendition[] = [];
  const mp4s = video.length > 0 ? video : audio;
  const spriteTrack = spriteSource(tracks.presentation);
  for (const [index, track] of mp4s.entries()) {
    const beside = track.kind === 'video' ? audio[0] : undefined;
    const mp4 = await makeMp4(work, tracks, track, beside, claim.signal);
    // Only the first MP4 decodes its audio; the others contain the same packets.
    const audioTrackId = track.kind === 'audio' ? track.trackId : (index === 0 && beside?.trackId) || null;
    requireChecks(await verifyFile(work, stored, capture, { ...mp4, track, audioTrackId }, claim.signal));
    const fileKey = await files.addFile(mp4.fileName, mp4.path);
    if (track.kind === 'video' && index === 0) {
      await files.addFile(posterFileName, await makePoster(work, mp4.path, claim.signal));
    }
    if (track === spriteTrack)
      await makeSprites(work, files, { path: mp4.path, track: spriteTrack }, claim.signal);
    await mp4.remove();
    renditions.push(renditionOf(track, files.sizeOf(mp4.fileName), fileKey));
    claim.reportProgress((0.8 * (index + 1)) / mp4s.length);
  }
  if (video.length === 0) return renditions;
  for (const track of audio.slice(1)) requireChecks(await verifyAudio(work, inputs, track));
  return [...renditions, ...audio.map(audioOnly)];
}

async function verifyAudio(
  work: JobContext,
  { stored: { plan }, tracks, capture, claim: { signal } }: MakeVerifiedMp4sInputs,
  track: AudioTrackManifest,
): Promise<Check[]> {
  const path = await joinTrack(work, tracks, track, signal);
  const file = { path, track, segmentHashes: null, audioTrackId: track.trackId };
  const checks = await verifyContent(work, { plan, capture, file, signal });
  await rm(path);
  return checks;
}

function renditionOf(track: TrackManifest, sizeBytes: number, fileKey: string | null): PublishedRendition {
  return {
    name: track.trackId,
    kind: track.kind,
    codec: track.codec,
    width: track.kind === 'video' ? track.width : null,
    height: track.kind === 'video' ? track.height : null,
    averageBitrateBitsPerSecond: Math.round(measureBandwidth(track).averageBitsPerSecond),
    sizeBytes,
    fileKey,
  };
}

/** An audio track of a video has no file of its own; the MP4s contain the default track. */
function audioOnly(track: AudioTrackManifest): PublishedRendition {
  const sizeBytes =
    track.init.sizeBytes + track.segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  return renditionOf(track, sizeBytes, null);
}
