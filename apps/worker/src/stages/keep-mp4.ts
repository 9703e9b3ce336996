import { rm } from 'node:fs/promises';
import { type PublishedRendition, progressiveFileName } from '@fyrestream/events';
import { type Check, equalCheck, requirePassed, type TrackManifest } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { hashFile } from '../version-files.ts';
import { makeImages } from './make-images.ts';
import { makeMp4 } from './make-mp4.ts';
import type { MakeVerifiedMp4sInputs } from './make-verified-mp4s-inputs.ts';
import { renditionOf } from './published-rendition.ts';
import { verifyFile } from './verify.ts';

/** S3 copies less than this with one request. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/copy-object.html */
const maxCopyBytes = 5_000_000_000;

/**
 * The MP4 of a kept rendition: that of the published version, if it has one with this audio and it is what was certified; else the segments
 * are remuxed, and the packets of the file compared with theirs. Nothing is decoded again.
 * @param isAudioKept whether the audio in it is that of the published version too
 */
export async function keepMp4(
  work: JobContext,
  inputs: MakeVerifiedMp4sInputs,
  {
    track,
    audioPath,
    isAudioKept,
  }: { track: TrackManifest; audioPath: string | undefined; isAudioKept: boolean },
): Promise<{ checks: Check[]; rendition: PublishedRendition }> {
  const {
    stored,
    tracks,
    files,
    claim: { signal },
  } = inputs;
  const fileName = progressiveFileName(track.trackId, track.kind);
  const copied = isAudioKept ? await copyCertified(work, inputs, fileName) : null;
  if (copied !== null) {
    await makeImages(work, { stored, tracks, files, path: copied.path, track }, signal);
    await rm(copied.path);
    const check = equalCheck({ name: 'kept-mp4-differs', subject: track.trackId, measured: 0 }, 0);
    return { checks: [check], rendition: renditionOf(track, files.sizeOf(fileName), copied.key) };
  }
  const mp4 = await makeMp4(work, tracks, track, audioPath, signal);
  const file = { ...mp4, track, audioTrackId: null };
  const checks = await verifyFile(work, stored, { capture: null, loudness: [] }, file, signal);
  requirePassed(checks);
  const key = await files.addFile(fileName, mp4.path);
  await makeImages(work, { stored, tracks, files, path: mp4.path, track }, signal);
  await mp4.remove();
  return { checks, rendition: renditionOf(track, files.sizeOf(fileName), key) };
}

/** @returns the key of the copy, and the file on the scratch disk; null if there is nothing to copy */
async function copyCertified(
  { store, scratch, settings, log }: JobContext,
  { stored: { kept }, files, claim: { signal } }: MakeVerifiedMp4sInputs,
  fileName: string,
): Promise<{ key: string; path: string } | null> {
  const certified = kept?.files.find((file) => file.path === fileName);
  if (kept === undefined || certified === undefined) return null;
  const key = kept.prefix + fileName;
  const path = await scratch.path('kept', fileName);
  await store.download({ bucket: settings.outputBucket, key }, path, signal);
  const hash = await hashFile(path);
  if (hash.sha256 !== certified.sha256) {
    log.warn({ key }, 'kept-file-differs');
    await rm(path);
    return null;
  }
  if (hash.sizeBytes >= maxCopyBytes) return { key: await files.addFile(fileName, path), path };
  return { key: await files.addCopy(fileName, key, hash), path };
}
