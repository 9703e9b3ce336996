import { isObjectChanged, retryOnConflict } from '@fyrestream/cloud';
import {
  dashManifestFileName,
  isDeletedVersion,
  type JobOutputs,
  type JobRecord,
  masterPlaylistFileName,
  type OutputRecord,
  posterFileName,
  type Reason,
  type StableFileName,
  stableFileNames,
  stableKey,
  versionPrefix,
  versionUri,
} from '@fyrestream/events';
import { type Presentation, renderDashManifest, renderMasterPlaylist } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { stableFileHeaders } from '../object-headers.ts';
import { addJpegComment } from './add-jpeg-comment.ts';
import { blankPoster } from './blank-poster.ts';
import { emptyManifest, emptyMasterPlaylist } from './empty-playlists.ts';

export type PublishResult = { outcome: 'published' } | { outcome: 'overtaken'; reason: Reason };

/**
 * Makes the stable files point to a version that is complete and verified; the master playlist is written last. Each write
 * has the replaced ETag as its condition, and that ETag was read before the ledger was asked which version is published:
 * an older version can never replace a newer one. Safe to repeat. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function publishVersion(
  work: JobContext,
  presentation: Presentation,
  outputs: JobOutputs,
  token: number,
): Promise<PublishResult> {
  const { job, ledger } = work;
  const uri = versionUri(job.upload.key, job.jobId, token);
  const output = await ledger.claimOutput(job.upload, token);
  if (output.published?.jobId !== job.jobId) return overtaken(job, output);
  const bodies: Record<StableFileName, () => Promise<Uint8Array | string>> = {
    [posterFileName]: async () =>
      addJpegComment(await readPoster(work, outputs), versionPrefix(job.jobId, token)),
    [dashManifestFileName]: async () =>
      outputs.manifestKey === null
        ? emptyManifest(outputs.prefix)
        : renderDashManifest(presentation, { baseUrl: uri }),
    [masterPlaylistFileName]: async () =>
      outputs.masterKey === null
        ? emptyMasterPlaylist(outputs.prefix)
        : renderMasterPlaylist(presentation, { uriPrefix: uri }),
  };
  for (const fileName of stableFileNames) {
    const changed = await replaceStableFile(work, fileName, await bodies[fileName]());
    if (changed !== null) return overtaken(job, changed);
  }
  return { outcome: 'published' };
}

/** @returns the output record if it no longer names this version as published; null if the file was replaced */
async function replaceStableFile(
  work: JobContext,
  fileName: StableFileName,
  body: Uint8Array | string,
): Promise<OutputRecord | null> {
  const { job, ledger, store, settings } = work;
  const address = { bucket: settings.outputBucket, key: stableKey(job.upload.key, fileName) };
  return retryOnConflict(
    async () => {
      const existing = await store.head(address);
      const output = await ledger.readOutput(job.upload.key);
      if (output !== null && output.published?.jobId !== job.jobId) return output;
      const precondition = existing === null ? { ifNoneMatch: '*' as const } : { ifMatch: existing.etag };
      await store.put(address, body, stableFileHeaders(fileName), precondition);
      return null;
    },
    { isConflict: isObjectChanged, code: 'publication-contention', subject: address.key },
  );
}

async function readPoster({ store, settings }: JobContext, outputs: JobOutputs): Promise<Uint8Array> {
  if (outputs.posterKey === null) return blankPoster;
  const address = { bucket: settings.outputBucket, key: `${outputs.prefix}${posterFileName}` };
  const head = await store.head(address);
  return store.readRange(address, 0, (head?.sizeBytes ?? 1) - 1);
}

function overtaken({ jobId, upload }: JobRecord, output: OutputRecord): PublishResult {
  const { key } = upload;
  const reason = isDeletedVersion(output, upload)
    ? { code: 'deleted', message: `Job ${jobId} of ${key} was deleted.`, retryable: false }
    : {
        code: 'superseded',
        message: `A newer upload of ${key}, job ${output.published?.jobId ?? 'unknown'}, is published.`,
        retryable: false,
      };
  return { outcome: 'overtaken', reason };
}
