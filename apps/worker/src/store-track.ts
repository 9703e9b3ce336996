import { createHash } from 'node:crypto';
import type { Claim } from '@fyrestream/cloud';
import { trackFileKey } from '@fyrestream/events';
import { createTrackPackager, type TrackManifest, type TrackPackagerOptions } from '@fyrestream/media';
import { forEachConcurrent } from './for-each-concurrent.ts';
import type { JobContext } from './job-context.ts';
import { workFileHeaders } from './object-headers.ts';

/** Concurrent uploads of one track; ffmpeg waits while all of them are busy. */
const uploadConcurrency = 4;

export interface TrackToStore {
  readonly options: TrackPackagerOptions;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Called with the end time of each segment, in seconds. */
  onSegmentEnd(seconds: number): void;
  /** Called with the media time that ffmpeg has written so far, in seconds. */
  onMedia(seconds: number): void;
}

export interface StoredTrack {
  readonly manifest: TrackManifest;
  /** SHA-256 of each file, by `<track>/<file>`. */
  readonly fileHashes: readonly (readonly [string, string])[];
}

/**
 * Cuts one output stream of ffmpeg into segments. Stores each segment when it is complete: in the bucket for the worker
 * that assembles the job, and on the scratch disk, because this is usually the same worker. Keeps at most a few segments in memory.
 */
export async function storeTrack(
  { store, scratch, settings }: JobContext,
  claim: Claim,
  { options, chunks, onSegmentEnd, onMedia }: TrackToStore,
): Promise<StoredTrack> {
  const packager = createTrackPackager(options);
  const { numerator, denominator } = options.segmentDurationSeconds;
  const fileHashes: [string, string][] = [];
  let segmentCount = 0;

  const packagedFiles = async function* () {
    for await (const chunk of chunks) {
      yield* packager.push(chunk);
      onMedia(packager.takenSeconds());
    }
    yield* packager.end();
  };
  await forEachConcurrent(packagedFiles(), uploadConcurrency, async ({ fileName, bytes, kind }) => {
    if (kind === 'segment') {
      segmentCount += 1;
      onSegmentEnd((segmentCount * numerator) / denominator);
    }
    fileHashes.push([`${options.trackId}/${fileName}`, createHash('sha256').update(bytes).digest('hex')]);
    const key = trackFileKey(claim, options.trackId, fileName);
    await scratch.write(await scratch.path(key), bytes);
    await store.put({ bucket: settings.outputBucket, key }, bytes, workFileHeaders);
  });
  return { manifest: packager.manifest(), fileHashes };
}
