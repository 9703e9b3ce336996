import {
  type AudioReferenceTargets,
  createEnvelopeReader,
  createFrameTimesReader,
  type PlannedAudioTrack,
} from '@fyrestream/media';
import type { Scratch } from '../create-scratch.ts';
import { receiveStream } from '../receive-stream.ts';
import { receiveText } from '../receive-text.ts';
import type { EncodeCapture } from './encode-capture.ts';

/** Listens to what the decoders give and what the encoders of all sound tracks are given. */
export async function captureAudio(
  scratch: Scratch,
  tracks: readonly PlannedAudioTrack[],
  onBytes: () => void,
): Promise<EncodeCapture & { targets: AudioReferenceTargets }> {
  const watched = await Promise.all(
    tracks.map(async (track) => {
      const times = createFrameTimesReader();
      const timesReceiver = await receiveText(scratch.socketPath(`times-${track.id}`), times.push);
      const receiver = await receiveStream(scratch.socketPath(`sound-${track.id}`), onBytes);
      const envelope = createEnvelopeReader();
      const collecting = (async () => {
        for await (const chunk of receiver.chunks()) envelope.push(chunk);
      })();
      // Waited for in `gather`; until then a broken stream must not end the process.
      collecting.catch(() => {});
      return { track, times, timesReceiver, receiver, envelope, collecting };
    }),
  );
  const of = (trackId: string) => watched.find(({ track }) => track.id === trackId);
  let timesTaken: Promise<unknown> = Promise.resolve();
  return {
    targets: {
      frameTimesTarget: (trackId) => of(trackId)?.timesReceiver.target ?? '',
      referenceTarget: (trackId) => of(trackId)?.receiver.target ?? '',
    },
    close() {
      timesTaken = Promise.all(watched.map(({ timesReceiver }) => timesReceiver.close()));
      for (const { receiver } of watched) receiver.close();
    },
    async gather() {
      await Promise.all([timesTaken, ...watched.map(({ collecting }) => collecting)]);
      const captured = watched.map(({ track, times, envelope }) => ({
        track,
        times: times.end(),
        envelope: envelope.end(),
      }));
      return {
        capture: {
          decoded: captured.map(({ track, times: found }) => ({
            streamIndex: track.streamIndex,
            times: found,
          })),
          video: [],
          audio: captured.map(({ track, envelope: { sampleCount, seconds } }) => ({
            trackId: track.id,
            sampleCount,
            seconds,
          })),
        },
        references: new Map(
          captured.map(({ track, envelope: { peaks } }) => [
            track.id,
            new Uint8Array(peaks.buffer, peaks.byteOffset, peaks.byteLength),
          ]),
        ),
      };
    },
  };
}
