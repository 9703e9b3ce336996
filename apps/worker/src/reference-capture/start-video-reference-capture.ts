import {
  createFrameSignatureCollector,
  createFrameTimesReader,
  type FrameRange,
  frameSignatureSizeOf,
  maxSignaturesOfPart,
  type PlannedVideo,
  rationalValue,
  type VideoReferenceTargets,
} from '@fyrestream/media';
import type { Scratch } from '../create-scratch.ts';
import { openOutputSocket } from '../open-output-socket.ts';
import { openTextSocket } from '../open-text-socket.ts';
import type { CaptureSession } from './capture-session.ts';

/** Captures what the decoder returns and what the video encoders receive. */
export async function startVideoReferenceCapture(
  scratch: Scratch,
  { video, range }: { video: PlannedVideo; range: FrameRange | null },
  onBytes: () => void,
): Promise<CaptureSession & { targets: VideoReferenceTargets }> {
  const times = createFrameTimesReader(range ?? video.ownFrames);
  const timesSocket = await openTextSocket(scratch.socketPath('frame-times'), times.push);
  const branches = await Promise.all(
    video.branches.map(async (branch) => {
      const socket = await openOutputSocket(scratch.socketPath(`signatures-${branch.id}`), onBytes);
      const collector = createFrameSignatureCollector(
        frameSignatureSizeOf(branch),
        range === null ? {} : { max: maxSignaturesOfPart },
      );
      const reading = (async () => {
        for await (const chunk of socket.chunks()) collector.push(chunk);
      })();
      // `result` awaits it; until then a rejection must not end the process.
      reading.catch(() => {});
      return { branch, socket, collector, reading };
    }),
  );
  let timesRead: Promise<void> = Promise.resolve();
  return {
    targets: {
      frameTimesTarget: timesSocket.target,
      referenceTarget: (id) => branches.find(({ branch }) => branch.id === id)?.socket.target ?? '',
    },
    close() {
      timesRead = timesSocket.close();
      for (const { socket } of branches) socket.close();
    },
    async result() {
      await Promise.all([timesRead, ...branches.map(({ reading }) => reading)]);
      const collected = branches.map(({ branch, collector }) => ({ branch, ...collector.end() }));
      return {
        sourceFrames: times.sourceFrames(),
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
