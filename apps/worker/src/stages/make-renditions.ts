import { rm } from 'node:fs/promises';
import { type PublishedRendition, posterFileName } from '@fyrestream/events';
import {
  type AudioTrackManifest,
  type Check,
  measureBandwidth,
  spriteSource,
  type TrackManifest,
} from '@fyrestream/media';
import type { HeldClaim } from '../hold-claim.ts';
import type { JobContext } from '../job-context.ts';
import type { ReferenceCaptures } from '../reference-capture/read-reference-captures.ts';
import type { StoredPlan } from '../stored-plan.ts';
import type { VersionFiles } from '../version-files.ts';
import type { GatheredTracks } from './gather-tracks.ts';
import { joinTrack, makeMp4 } from './make-mp4.ts';
import { makePoster } from './make-poster.ts';
import { makeSprites } from './make-sprites.ts';
import { verifyContent, verifyFile } from './verify.ts';

export interface UnpublishedVersion {
  readonly stored: StoredPlan;
  readonly tracks: GatheredTracks;
  readonly capture: ReferenceCaptures;
  readonly files: VersionFiles;
  readonly held: HeldClaim;
  /** Takes checks; ends the making where one of them failed. */
  pass(checks: Check[]): void;
}

/** One MP4 per rendition, each verified before it is stored, and every sound track that no MP4 holds verified as well. */
export async function makeRenditions(
  work: JobContext,
  making: UnpublishedVersion,
): Promise<PublishedRendition[]> {
  const { stored, tracks, capture, files, held, pass } = making;
  const { video, audio } = tracks.presentation;
  const renditions: PublishedRendition[] = [];
  const mp4s = video.length > 0 ? video : audio;
  const spriteTrack = spriteSource(tracks.presentation);
  for (const [index, track] of mp4s.entries()) {
    const beside = track.kind === 'video' ? audio[0] : undefined;
    const mp4 = await makeMp4(work, tracks, track, beside, held.signal);
    // The sound beside the first picture is decoded with it; the packets of the others are the same.
    const audioTrackId = track.kind === 'audio' ? track.trackId : (index === 0 && beside?.trackId) || null;
    pass(await verifyFile(work, stored, capture, { ...mp4, track, audioTrackId }, held.signal));
    const fileKey = await files.addFile(mp4.fileName, mp4.path);
    if (track.kind === 'video' && index === 0) {
      await files.addFile(posterFileName, await makePoster(work, mp4.path, held.signal));
    }
    if (track === spriteTrack)
      await makeSprites(work, files, { path: mp4.path, track: spriteTrack }, held.signal);
    await mp4.remove();
    renditions.push(renditionOf(track, files.sizeOf(mp4.fileName), fileKey));
    held.report((0.8 * (index + 1)) / mp4s.length);
  }
  if (video.length === 0) return renditions;
  for (const track of audio.slice(1)) pass(await verifyAudio(work, making, track));
  return [...renditions, ...audio.map(audioOnly)];
}

async function verifyAudio(
  work: JobContext,
  { stored: { plan }, tracks, capture, held: { signal } }: UnpublishedVersion,
  track: AudioTrackManifest,
): Promise<Check[]> {
  const path = await joinTrack(work, tracks, track, signal);
  const file = { path, track, joinedPaths: [path], audioTrackId: track.trackId };
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

/** Audio beside video has no file of its own; the MP4s hold the default track. */
function audioOnly(track: AudioTrackManifest): PublishedRendition {
  const sizeBytes =
    track.init.sizeBytes + track.segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
  return renditionOf(track, sizeBytes, null);
}
