import {
  type AudioReferenceTargets,
  createEnvelopeReader,
  createFrameTimesReader,
  type PlannedAudioTrack,
} from '@fyrestream/media';
import type { Scratch } from '../create-scratch.ts';
import { openOutputSocket } from '../open-output-socket.ts';
import { openTextSocket } from '../open-text-socket.ts';
import type { CaptureSession } from './capture-session.ts';

/** Captures what the decoders return and what the encoders of all audio tracks receive. */
export async function startAudioReferenceCapture(
  scratch: Scratch,
  tracks: readonly PlannedAudioTrack[],
  onBytes: () => void,
): Promise<CaptureSession & { targets: AudioReferenceTargets }> {
  const captures = await Promise.all(
    tracks.map(async (track) => {
      const times = createFrameTimesReader();
      const timesSocket = await openTextSocket(scratch.socketPath(`times-${track.id}`), times.push);
      const socket = await openOutputSocket(scratch.socketPath(`audio-${track.id}`), onBytes);
      const envelope = createEnvelopeReader();
      const reading = (async () => {
        for await (const chunk of socket.chunks()) envelope.push(chunk);
      })();
      // `result` awaits it; until then a rejection must not end the process.
      reading.catch(() => {});
      return { track, times, timesSocket, socket, envelope, reading };
    }),
  );
  const of = (trackId: string) => captures.find(({ track }) => track.id === trackId);
  let timesRead: Promise<unknown> = Promise.resolve();
  return {
    targets: {
      frameTimesTarget: (trackId) => of(trackId)?.timesSocket.target ?? '',
      referenceTarget: (trackId) => of(trackId)?.socket.target ?? '',
    },
    close() {
      timesRead = Promise.all(captures.map(({ timesSocket }) => timesSocket.close()));
      for (const { socket } of captures) socket.close();
    },
    async result() {
      await Promise.all([timesRead, ...captures.map(({ reading }) => reading)]);
      const captured = captures.map(({ track, times, envelope }) => ({
        track,
        times: times.end(),
        envelope: envelope.end(),
      }));
      return {
        capture: {
          // Of the upload; stereo and 5.1 are decoded from one stream.
          decoded: captured
            .filter(({ track }) => track.channels === 2 && track.audioKey === null)
            .map(({ track, times: found }) => ({ streamIndex: track.streamIndex, times: found })),
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
