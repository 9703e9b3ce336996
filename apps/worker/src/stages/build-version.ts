import { type JobOutputs, type PublishedRendition, stableKey, versionPrefix } from '@fyrestream/events';
import {
  type AudioTrackManifest,
  measureBandwidth,
  renderPlaylists,
  type TrackManifest,
  trackDurationSeconds,
} from '@fyrestream/media';
import type { HeldClaim } from '../hold-claim.ts';
import { mapWithLimit } from '../map-with-limit.ts';
import { createVersionFiles, type VersionFiles } from '../version-files.ts';
import type { WorkOnJob } from '../worker.ts';
import { writeCertificate } from './certificate.ts';
import type { GatheredTracks } from './gather-tracks.ts';
import { fetchTrackFile } from './gather-tracks.ts';
import { makeMp4 } from './make-mp4.ts';
import { makePoster } from './make-poster.ts';
import type { StoredPlan } from './plan-job.ts';
import { type Check, verifyMp4, verifyTracks } from './verify.ts';

const filesAtOnce = 6;

/**
 * Puts a whole version under its token: segments, MP4s, poster, playlists, certificate. Everything is verified before
 * it is named by anything that a viewer can find.
 * @throws FyrestreamError `verification-failed`, naming the checks that failed
 */
export async function buildVersion(
  work: WorkOnJob,
  stored: StoredPlan,
  tracks: GatheredTracks,
  held: HeldClaim,
): Promise<JobOutputs> {
  const { job } = work;
  const prefix = versionPrefix(job.upload.key, job.jobId, held.claim.token);
  const files = createVersionFiles(work, prefix, held.signal);
  const { presentation } = tracks;
  const checks: Check[] = verifyTracks(stored.plan, presentation);
  const renditions: PublishedRendition[] = [];

  const defaultAudio = presentation.audio[0];
  const mp4s = presentation.video.length > 0 ? presentation.video : presentation.audio;
  for (const [index, track] of mp4s.entries()) {
    const mp4 = await makeMp4(
      work,
      tracks,
      track,
      track.kind === 'video' ? defaultAudio : undefined,
      held.signal,
    );
    checks.push(...(await verifyMp4(work, mp4.path, track, held.signal)));
    const fileKey = await files.addFile(mp4.fileName, mp4.path);
    if (track.kind === 'video' && index === 0) await addPoster(work, files, mp4.path, held.signal);
    await mp4.remove();
    renditions.push(renditionOf(track, files.sizeOf(mp4.fileName), fileKey));
    held.report((0.8 * (index + 1)) / mp4s.length);
  }
  if (presentation.video.length > 0) renditions.push(...presentation.audio.map((track) => audioOnly(track)));

  await mapWithLimit(tracks.files, filesAtOnce, async (file) => {
    const path = await fetchTrackFile(work, file, held.signal);
    await files.addCopy(`${file.trackId}/${file.fileName}`, file.key, path);
  });
  for (const playlist of renderPlaylists(presentation)) await files.addText(playlist.path, playlist.text);
  const certificateKey = await writeCertificate(work, stored, checks, files);
  await files.verifyAllStored();

  return {
    prefix,
    masterKey: stableKey(job.upload.key, 'master.m3u8'),
    manifestKey: stableKey(job.upload.key, 'manifest.mpd'),
    posterKey: files.has('poster.jpg') ? stableKey(job.upload.key, 'poster.jpg') : null,
    certificateKey,
    durationSeconds: Math.max(...[...presentation.video, ...presentation.audio].map(trackDurationSeconds)),
    renditions,
  };
}

async function addPoster(
  work: WorkOnJob,
  files: VersionFiles,
  videoPath: string,
  signal: AbortSignal,
): Promise<void> {
  const poster = await makePoster(work, videoPath, signal);
  await files.addFile('poster.jpg', poster);
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
