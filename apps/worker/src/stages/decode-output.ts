import {
  type CollectedStamps,
  createEnvelopeReader,
  createStampCollector,
  decodeRenditionCommand,
  readComplaints,
  type SoundEnvelope,
  type StampSize,
} from '@fyrestream/media';
import { receiveStream } from '../receive-stream.ts';
import { watchForStall } from '../stall-watchdog.ts';
import type { WorkOnJob } from '../worker.ts';

export interface DecodedOutput {
  readonly stamps: CollectedStamps | null;
  readonly sound: SoundEnvelope | null;
  /** Lines that the decoders had to say. */
  readonly errors: number;
  readonly examples: readonly string[];
}

/** Decodes a finished file in full, in one run, and keeps of it what is compared with what the encoders were given. */
export async function decodeOutput(
  { ffmpeg, scratch }: WorkOnJob,
  path: string,
  wanted: { picture?: { size: StampSize; frames: ReadonlySet<number> }; sound: boolean },
  signal: AbortSignal,
): Promise<DecodedOutput> {
  const watchdog = watchForStall();
  const stamps = wanted.picture && createStampCollector(wanted.picture.size, wanted.picture.frames);
  const envelope = wanted.sound ? createEnvelopeReader() : undefined;
  const pictures = await receiveStream(scratch.socketPath('decoded-pictures'), watchdog.feed);
  const samples = await receiveStream(scratch.socketPath('decoded-sound'), watchdog.feed);
  const close = () => {
    pictures.close();
    samples.close();
  };
  try {
    const command = decodeRenditionCommand(path, {
      ...(wanted.picture && { picture: { target: pictures.target, size: wanted.picture.size } }),
      ...(wanted.sound && { soundTarget: samples.target }),
    });
    const [said] = await Promise.all([
      ffmpeg.run(command, { signal: AbortSignal.any([signal, watchdog.signal]) }).finally(close),
      pour(pictures.chunks(), (chunk) => stamps?.push(chunk)),
      pour(samples.chunks(), (chunk) => envelope?.push(chunk)),
    ]);
    const { errors, examples } = readComplaints(said);
    return { stamps: stamps?.end() ?? null, sound: envelope?.end() ?? null, errors, examples };
  } finally {
    close();
    watchdog.stop();
  }
}

async function pour(chunks: AsyncIterable<Uint8Array>, take: (chunk: Uint8Array) => void): Promise<void> {
  for await (const chunk of chunks) take(chunk);
}
