import {
  createFrameSignatureCollector,
  createFrameTimesReader,
  frameSignatureSizeOf,
  type PlannedVideo,
  rationalValue,
  type VideoReferenceTargets,
} from '@fyrestream/media';
import type { Scratch } from '../create-scratch.ts';
import { receiveStream } from '../receive-stream.ts';
import { receiveText } from '../receive-text.ts';
import type { EncodeCapture } from './encode-capture.ts';

/** Listens to what the decoder gives and what the encoders of a picture are given. */
export async function captureVideo(
  scratch: Scratch,
  video: PlannedVideo,
  onBytes: () => void,
): Promise<EncodeCapture & { targets: VideoReferenceTargets }> {
  const times = createFrameTimesReader();
  const timesReceiver = await receiveText(scratch.socketPath('frame-times'), times.push);
  const branches = await Promise.all(
    video.branches.map(async (branch) => {
      const receiver = await receiveStream(scratch.socketPath(`stamps-${branch.id}`), onBytes);
      const collector = createFrameSignatureCollector(frameSignatureSizeOf(branch));
      const collecting = (async () => {
        for await (const chunk of receiver.chunks()) collector.push(chunk);
      })();
      // Waited for in `gather`; until then a broken stream must not end the process.
      collecting.catch(() => {});
      return { branch, receiver, collector, collecting };
    }),
  );
  let timesTaken: Promise<void> = Promise.resolve();
  return {
    targets: {
      frameTimesTarget: timesReceiver.target,
      referenceTarget: (id) => branches.find(({ branch }) => branch.id === id)?.receiver.target ?? '',
    },
    close() {
      timesTaken = timesReceiver.close();
      for (const { receiver } of branches) receiver.close();
    },
    async gather() {
      await Promise.all([timesTaken, ...branches.map(({ collecting }) => collecting)]);
      const collected = branches.map(({ branch, collector }) => ({ branch, ...collector.end() }));
      return {
        capture: {
          decoded: [
            {
              streamIndex: video.streamIndex,
              times: times.end(),
              slots: times.slotsAt(rationalValue(video.frameRate) * (video.frameCounts?.fieldsPerFrame ?? 1)),
            },
          ],
          video: collected.map(({ branch, frameCount, frames }) => ({
            branchId: branch.id,
            size: frameSignatureSizeOf(branch),
            frameCount,
            frames: [...frames],
          })),
          audio: [],
        },
        references: new Map(
          collected.map(({ branch, signatures }) => [branch.id, Buffer.concat(signatures)]),
        ),
      };
    },
  };
}
