import {
  type AudioEnvelope,
  type CollectedFrameSignatures,
  createEnvelopeReader,
  createFrameSignatureCollector,
  decodeRenditionCommand,
  type FrameSignatureSize,
  readDecoderWarnings,
} from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { receiveStream } from '../receive-stream.ts';
import { watchForStall } from '../stall-watchdog.ts';

export interface DecodedOutput {
  readonly signatures: CollectedFrameSignatures | null;
  readonly audio: AudioEnvelope | null;
  /** Lines that the decoders had to say. */
  readonly errors: number;
  readonly examples: readonly string[];
}

/** Decodes a finished file in full, in one run, and keeps of it what is compared with what the encoders were given. */
export async function decodeOutput(
  { ffmpeg, scratch }: JobContext,
  path: string,
  wanted: { video?: { size: FrameSignatureSize; frames: ReadonlySet<number> }; audio: boolean },
  signal: AbortSignal,
): Promise<DecodedOutput> {
  const watchdog = watchForStall();
  const signatures = wanted.video && createFrameSignatureCollector(wanted.video.size, wanted.video.frames);
  const envelope = wanted.audio ? createEnvelopeReader() : undefined;
  const frames = await receiveStream(scratch.socketPath('decoded-pictures'), watchdog.feed);
  const samples = await receiveStream(scratch.socketPath('decoded-sound'), watchdog.feed);
  const close = () => {
    frames.close();
    samples.close();
  };
  try {
    const command = decodeRenditionCommand(path, {
      ...(wanted.video && { video: { target: frames.target, size: wanted.video.size } }),
      ...(wanted.audio && { audioTarget: samples.target }),
    });
    const [message] = await Promise.all([
      ffmpeg.run(command, { signal: AbortSignal.any([signal, watchdog.signal]) }).finally(close),
      pour(frames.chunks(), (chunk) => signatures?.push(chunk)),
      pour(samples.chunks(), (chunk) => envelope?.push(chunk)),
    ]);
    const { errors, examples } = readDecoderWarnings(message);
    return { signatures: signatures?.end() ?? null, audio: envelope?.end() ?? null, errors, examples };
  } finally {
    close();
    watchdog.stop();
  }
}

async function pour(chunks: AsyncIterable<Uint8Array>, take: (chunk: Uint8Array) => void): Promise<void> {
  for await (const chunk of chunks) take(chunk);
}
