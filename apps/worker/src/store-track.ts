import type { Claim } from '@fyrestream/cloud';
import { trackFileKey } from '@fyrestream/events';
import {
  createTrackPackager,
  type PackagedFile,
  type TrackManifest,
  type TrackPackagerOptions,
} from '@fyrestream/media';
import { workDelivery } from './delivery.ts';
import type { JobContext } from './job-context.ts';

/** Segments of one track on their way at once; ffmpeg waits while they are. */
const uploadsAtOnce = 4;

export interface TrackToStore {
  readonly options: TrackPackagerOptions;
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Called with the time, in seconds, up to which the track is cut. */
  onSegmentEnd(seconds: number): void;
}

/**
 * Cuts one stream of ffmpeg into segments and stores each as soon as it is whole: in the bucket for whoever assembles
 * the job, on the scratch disk because that is most often this worker. Holds a few segments at most.
 */
export async function storeTrack(
  { store, scratch, settings }: JobContext,
  claim: Claim,
  { options, chunks, onSegmentEnd }: TrackToStore,
): Promise<TrackManifest> {
  const packager = createTrackPackager(options);
  const underWay = new Set<Promise<void>>();
  const segmentSeconds =
    options.segmentDurationSeconds.numerator / options.segmentDurationSeconds.denominator;
  let segmentCount = 0;
  let failure: { readonly cause: unknown } | undefined;

  const storeFile = async ({ fileName, bytes }: PackagedFile): Promise<void> => {
    const key = trackFileKey(claim, options.trackId, fileName);
    await scratch.write(await scratch.path(key), bytes);
    await store.put({ bucket: settings.outputBucket, key }, bytes, workDelivery);
  };
  const throwIfFailed = () => {
    if (failure) throw failure.cause;
  };
  const take = async (files: PackagedFile[]): Promise<void> => {
    for (const file of files) {
      if (underWay.size >= uploadsAtOnce) await Promise.race(underWay);
      throwIfFailed();
      // Kept until the next look: a failure that nobody waits for just then would end the process.
      const storing = storeFile(file)
        .catch((cause: unknown) => {
          failure ??= { cause };
        })
        .finally(() => underWay.delete(storing));
      underWay.add(storing);
      if (file.kind !== 'segment') continue;
      segmentCount += 1;
      onSegmentEnd(segmentCount * segmentSeconds);
    }
  };

  try {
    for await (const chunk of chunks) {
      throwIfFailed();
      await take(packager.push(chunk));
    }
    await take(packager.end());
    await Promise.all(underWay);
    throwIfFailed();
  } finally {
    // A failed upload ends the loop; the others are waited for, so that none goes on behind the back of the claim.
    await Promise.allSettled(underWay);
  }
  return packager.manifest();
}
