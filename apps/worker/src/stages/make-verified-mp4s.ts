import { rm } from 'node:fs/promises';
import type { PublishedRendition } from '@fyrestream/events';
import {
  type AudioTrackManifest,
  type Check,
  isSurround,
  requirePassed,
  type TrackManifest,
} from '@fyrestream/media';
import { forEachConcurrent } from '../for-each-concurrent.ts';
import type { JobContext } from '../job-context.ts';
import { reportVerification } from '../report-verification.ts';
import { isKeptTrack } from '../stored-plan.ts';
import { keepMp4 } from './keep-mp4.ts';
import { makeImages } from './make-images.ts';
import { joinTrack, makeMp4 } from './make-mp4.ts';
import type { MakeVerifiedMp4sInputs } from './make-verified-mp4s-inputs.ts';
import { renditionOf, segmentsRendition } from './published-rendition.ts';
import { verifyContent, verifyFile } from './verify.ts';

/** Renditions that are finished at the same time; the disk holds twice as much of each. */
const mp4Concurrency = 2;
/** Of the assembly; the rest is that of copying and checking all files. */
const mp4Share = 0.8;

/**
 * Makes one MP4 per rendition and verifies each before it is stored; verifies also the audio tracks that no MP4 contains: all but
 * the first of a video, and 5.1, which only players of HLS and DASH choose where it fits.
 */
export async function makeVerifiedMp4s(
  work: JobContext,
  inputs: MakeVerifiedMp4sInputs,
): Promise<PublishedRendition[]> {
  const { tracks, claim, requireChecks } = inputs;
  const { video, audio } = tracks.presentation;
  const hasVideo = video.length > 0;
  const mp4s: readonly TrackManifest[] = hasVideo
    ? video
    : audio.filter((track) => !isSurround(track.trackId));
  const beside = hasVideo ? audio[0] : undefined;
  const audioPath = beside && (await joinTrack(work, tracks, beside, claim.signal));
  // What is kept was verified when it was made.
  const isKept = ({ trackId }: TrackManifest) => isKeptTrack(inputs.stored, trackId);
  const besideId = beside && !isKept(beside) ? beside.trackId : null;
  const decodesAudio = mp4s.find((track) => !isKept(track));
  const made = new Map<TrackManifest, PublishedRendition>();
  const checked = new Map<TrackManifest, Check[]>();
  const trackIds = mp4s.map(({ trackId }) => trackId);
  const onVerified = reportVerification(claim.meter, trackIds, mp4Share);
  await forEachConcurrent(mp4s, mp4Concurrency, async (track) => {
    // Only one MP4 decodes its audio; the others contain the same packets.
    const audioTrackId = track.kind === 'audio' ? track.trackId : track === decodesAudio ? besideId : null;
    const { checks, rendition } = isKept(track)
      ? await keepMp4(work, inputs, { track, audioPath, isAudioKept: !beside || isKept(beside) })
      : await makeVerifiedMp4(work, inputs, {
          track,
          audioPath,
          audioTrackId,
          // Poster, thumbnails and the upload of the file follow.
          onDecoded: (fraction) => onVerified(track.trackId, 0.9 * fraction),
        });
    onVerified(track.trackId, 1);
    checked.set(track, checks);
    made.set(track, rendition);
  });
  if (audioPath !== undefined) await rm(audioPath);
  // In one order, so that equal facts give equal certificates.
  for (const track of mp4s) requireChecks(checked.get(track) ?? []);
  const renditions = mp4s.flatMap((track) => made.get(track) ?? []);
  const isDecoded = (track: TrackManifest) =>
    mp4s.includes(track) || (track === beside && decodesAudio !== undefined);
  const inNoMp4 = audio.filter((track) => !isKept(track) && !isDecoded(track));
  for (const track of inNoMp4) requireChecks(await verifyAudio(work, inputs, track));
  return [...renditions, ...audio.filter((track) => !mp4s.includes(track)).map(segmentsRendition)];
}

async function makeVerifiedMp4(
  work: JobContext,
  { stored, tracks, capture, files, claim: { signal } }: MakeVerifiedMp4sInputs,
  {
    track,
    audioPath,
    audioTrackId,
    onDecoded,
  }: {
    track: TrackManifest;
    audioPath: string | undefined;
    audioTrackId: string | null;
    onDecoded: (fraction: number) => void;
  },
): Promise<{ checks: Check[]; rendition: PublishedRendition }> {
  const mp4 = await makeMp4(work, tracks, track, audioPath, signal);
  const { loudness } = tracks;
  const file = { ...mp4, track, audioTrackId, onDecoded };
  const checks = await verifyFile(work, stored, { capture, loudness }, file, signal);
  requirePassed(checks);
  const fileKey = await files.addFile(mp4.fileName, mp4.path);
  await makeImages(work, { stored, tracks, files, path: mp4.path, track }, signal);
  await mp4.remove();
  return { checks, rendition: renditionOf(track, files.sizeOf(mp4.fileName), fileKey) };
}

async function verifyAudio(
  work: JobContext,
  { stored: { plan }, tracks, capture, claim: { signal } }: MakeVerifiedMp4sInputs,
  track: AudioTrackManifest,
): Promise<Check[]> {
  if (capture === null) return [];
  const path = await joinTrack(work, tracks, track, signal);
  const file = { path, track, segmentHashes: null, audioTrackId: track.trackId };
  const checks = await verifyContent(work, { plan, capture, loudness: tracks.loudness, file, signal });
  await rm(path);
  return checks;
}
