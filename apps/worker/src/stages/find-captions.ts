import type { ListedObject } from '@fyrestream/cloud';
import {
  type CaptionFile,
  type CaptionsOfUpload,
  chooseCaptionFiles,
  convertCaptions,
  type EncodePlan,
  type ListedFile,
  leftOutOfCaptionFile,
  type PlannedCaptionFile,
} from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { readCaptionFile } from './read-caption-file.ts';

/**
 * Finds the caption files beside the upload and tries each: what cannot be converted is left out by name, and the video is
 * published without it. The version of each file that was tried is the one that is converted later.
 */
export async function findCaptions(
  work: JobContext,
  listed: readonly ListedObject[],
  { durationSeconds, trim }: Pick<EncodePlan, 'durationSeconds' | 'trim'>,
  signal: AbortSignal,
): Promise<CaptionsOfUpload> {
  const { store, timers, job } = work;
  const { bucket, key: sourceKey } = job.upload;
  const chosen = chooseCaptionFiles(sourceKey, listed);
  const files: PlannedCaptionFile[] = [];
  const tracks: CaptionsOfUpload['tracks'][number][] = [];
  const leftOut = [...chosen.leftOut];
  const pin = async ({ key }: ListedFile) => {
    signal.throwIfAborted();
    const facts = await store.head({ bucket, key });
    if (facts === null) return null;
    const { versionId, etag, sizeBytes } = facts;
    const file = { key, versionId, etag, sizeBytes };
    files.push(file);
    return file;
  };
  const tryFile = async (file: CaptionFile) => {
    const pinned = await pin(file);
    if (pinned === null) return;
    try {
      const bytes = await readCaptionFile(work, pinned, signal);
      const source = { bytes, language: file.language, durationSeconds, trim };
      const converted = await convertCaptions(source, () => timers.sleep(0, signal));
      tracks.push({ file, converted });
      leftOut.push(...converted.leftOut.map((why) => leftOutOfCaptionFile(file.key, why)));
    } catch (error) {
      leftOut.push(leftOutOfCaptionFile(file.key, error));
    }
  };
  for (const file of chosen.files) await tryFile(file);
  for (const file of chosen.refused) await pin(file);
  return { tracks, files, leftOut };
}
