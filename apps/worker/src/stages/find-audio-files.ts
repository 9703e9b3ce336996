import { rm } from 'node:fs/promises';
import type { ListedObject } from '@fyrestream/cloud';
import { FyrestreamError, type Trim } from '@fyrestream/events';
import {
  type AudioFile,
  type AudioOfUpload,
  chooseAudioFiles,
  type EncodePlan,
  type ListedFile,
  leftOutOfAudioFile,
  MediaRefusal,
} from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { fetchAudioFile } from './fetch-audio-file.ts';
import { type PlanSettings, planSource } from './plan-source.ts';

/** Less of a file can be decoded: it is cut off. That of films is the same. */
const minDecodableShare = 0.9;

const nothing: AudioOfUpload = { tracks: [], files: [], leftOut: [] };

/**
 * Finds the audio files beside a film, decodes each and plans it as if it were the upload: what cannot be decoded is left out by
 * name, and the film is published without it. The version of each file that was planned is the one that is encoded.
 */
export async function findAudioFiles(
  work: JobContext,
  listed: readonly ListedObject[],
  { video, trim }: Pick<EncodePlan, 'video' | 'trim'>,
  settings: Omit<PlanSettings, 'trim'>,
  signal: AbortSignal,
): Promise<AudioOfUpload> {
  // Audio beside audio is another upload.
  if (video === null) return nothing;
  const { bucket, key: sourceKey } = work.job.upload;
  const chosen = chooseAudioFiles(sourceKey, listed);
  const files: AudioOfUpload['files'][number][] = [];
  const tracks: AudioOfUpload['tracks'][number][] = [];
  const leftOut = [...chosen.leftOut];
  const pin = async ({ key }: ListedFile) => {
    signal.throwIfAborted();
    const facts = await work.store.head({ bucket, key });
    if (facts === null) return null;
    const { versionId, etag, sizeBytes } = facts;
    const file = { key, versionId, etag, sizeBytes };
    files.push(file);
    return file;
  };
  const tryFile = async (file: AudioFile) => {
    const pinned = await pin(file);
    if (pinned === null) return;
    const read = await tryAudioFile(work, pinned, { ...settings, trim: trimOf(trim) }, signal);
    if (typeof read === 'string') leftOut.push(leftOutOfAudioFile(file.key, read));
    else tracks.push({ file, plan: read });
  };
  for (const file of chosen.files) await tryFile(file);
  for (const file of chosen.refused) await pin(file);
  return { tracks, files, leftOut };
}

/** The same part of a file as that of the film: it begins where the film does. */
function trimOf(trim: EncodePlan['trim']): Trim | undefined {
  if (trim === null) return undefined;
  const from = Math.max(0, trim.shiftSeconds);
  return trim.lengthSeconds === null ? { from } : { from, to: from + trim.lengthSeconds };
}

const silentWhy = 'it has no sound in the trimmed video';

/** @returns why it is not used, in words, if it cannot be */
async function tryAudioFile(
  work: JobContext,
  file: AudioOfUpload['files'][number],
  settings: PlanSettings,
  signal: AbortSignal,
): Promise<EncodePlan | string> {
  try {
    const path = await fetchAudioFile(work, file, signal);
    try {
      return await planAudioFile(work, path, settings, signal);
    } finally {
      await rm(path, { force: true });
    }
  } catch (error) {
    const code = error instanceof FyrestreamError ? error.code : null;
    // The trim of the film begins after the end of this file.
    if (code === 'options-invalid') return silentWhy;
    if (error instanceof MediaRefusal || code === 'audio-file-gone') return (error as Error).message;
    throw error;
  }
}

async function planAudioFile(
  { ffmpeg }: JobContext,
  path: string,
  settings: PlanSettings,
  signal: AbortSignal,
): Promise<EncodePlan | string> {
  const { facts, plan } = await planSource(ffmpeg, path, settings, signal);
  if (plan.audio.length === 0) return plan.trim === null ? 'it has no audio' : silentWhy;
  const { from = 0, to = Number.POSITIVE_INFINITY } = settings.trim ?? {};
  const expectedSeconds = Math.min(facts.durationSeconds ?? 0, to) - from;
  const share = (plan.durationSeconds ?? 0) / Math.max(expectedSeconds, 0.001);
  if (share < minDecodableShare) return `only ${Math.floor(share * 100)} % of it can be decoded`;
  return plan;
}
