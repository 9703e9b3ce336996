import type { Claim } from '@fyrestream/cloud';
import { trackFileKey } from '@fyrestream/events';
import { createTrackPackager, type TrackManifest, type TrackPackagerOptions } from '@fyrestream/media';
import { workDelivery } from './delivery.ts';
import { forEachConcurrent } from './for-each-concurrent.ts';
import type { JobContext } from './job-context.ts';

/** Segments of one track on their way at once; ffmpeg waits while they are. */
const uploadConcurrency = 4;

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
  const { numerator, denominator } = options.segmentDurationSeconds;
  let segmentCount = 0;

  const packagedFiles = async function* () {
    for await (const chunk of chunks) yield* packager.push(chunk);
    yield* packager.end();
  };
  await forEachConcurrent(packagedFiles(), uploadConcurrency, async ({ fileName, bytes, kind }) => {
    if (kind === 'segment') {
      segmentCount += 1;
      onSegmentEnd((segmentCount * numerator) / denominator);
    }
    const key = trackFileKey(claim, options.trackId, fileName);
    await scratch.write(await scratch.path(key), bytes);
    await store.put({ bucket: settings.outputBucket, key }, bytes, workDelivery);
  });
  return packager.manifest();
}
