import {
  createFrameTimesReader,
  createStampCollector,
  type PictureWitness,
  type PlannedVideo,
  stampSizeOf,
} from '@fyrestream/media';
import type { Scratch } from '../create-scratch.ts';
import { receiveStream } from '../receive-stream.ts';
import { receiveText } from '../receive-text.ts';
import type { EncodeWatch } from './encode-watch.ts';

/** Listens to what the decoder gives and what the encoders of a picture are given. */
export async function watchPicture(
  scratch: Scratch,
  video: PlannedVideo,
  onBytes: () => void,
): Promise<EncodeWatch & { witness: PictureWitness }> {
  const times = createFrameTimesReader();
  const timesReceiver = await receiveText(scratch.socketPath('frame-times'), times.push);
  const branches = await Promise.all(
    video.branches.map(async (branch) => {
      const receiver = await receiveStream(scratch.socketPath(`stamps-${branch.id}`), onBytes);
      const collector = createStampCollector(stampSizeOf(branch));
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
    witness: {
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
        evidence: {
          decoded: [{ streamIndex: video.streamIndex, times: times.end() }],
          pictures: collected.map(({ branch, frameCount, frames }) => ({
            branchId: branch.id,
            size: stampSizeOf(branch),
            frameCount,
            frames: [...frames],
          })),
          sounds: [],
        },
        references: new Map(collected.map(({ branch, stamps }) => [branch.id, Buffer.concat(stamps)])),
      };
    },
  };
}
