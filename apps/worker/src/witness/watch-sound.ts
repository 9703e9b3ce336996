import {
  createEnvelopeReader,
  createFrameTimesReader,
  type PlannedAudioTrack,
  type SoundWitness,
} from '@fyrestream/media';
import type { Scratch } from '../create-scratch.ts';
import { receiveStream } from '../receive-stream.ts';
import { receiveText } from '../receive-text.ts';
import type { EncodeWatch } from './encode-watch.ts';

/** Listens to what the decoders give and what the encoders of all sound tracks are given. */
export async function watchSound(
  scratch: Scratch,
  tracks: readonly PlannedAudioTrack[],
  onBytes: () => void,
): Promise<EncodeWatch & { witness: SoundWitness }> {
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
    witness: {
      frameTimesTarget: (trackId) => of(trackId)?.timesReceiver.target ?? '',
      referenceTarget: (trackId) => of(trackId)?.receiver.target ?? '',
    },
    close() {
      timesTaken = Promise.all(watched.map(({ timesReceiver }) => timesReceiver.close()));
      for (const { receiver } of watched) receiver.close();
    },
    async gather() {
      await Promise.all([timesTaken, ...watched.map(({ collecting }) => collecting)]);
      const heard = watched.map(({ track, times, envelope }) => ({
        track,
        times: times.end(),
        envelope: envelope.end(),
      }));
      return {
        evidence: {
          decoded: heard.map(({ track, times: found }) => ({ streamIndex: track.streamIndex, times: found })),
          pictures: [],
          sounds: heard.map(({ track, envelope: { sampleCount, seconds } }) => ({
            trackId: track.id,
            sampleCount,
            seconds,
          })),
        },
        references: new Map(
          heard.map(({ track, envelope: { peaks } }) => [
            track.id,
            new Uint8Array(peaks.buffer, peaks.byteOffset, peaks.byteLength),
          ]),
        ),
      };
    },
  };
}
