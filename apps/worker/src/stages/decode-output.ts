import { readFile, rm } from 'node:fs/promises';
import {
  type AudioEnvelope,
  type CollectedFrameSignatures,
  createEnvelopeReader,
  createFrameSignatureCollector,
  createLoudnessReader,
  decodeRenditionCommand,
  type FrameSignatureSize,
  type MeasuredLoudness,
  type PacketHash,
  readDecoderWarnings,
  readPacketHashes,
} from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { openOutputSocket } from '../open-output-socket.ts';
import { openTextSocket } from '../open-text-socket.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import { startStallWatchdog } from '../stall-watchdog.ts';

export interface DecodedOutput {
  readonly signatures: CollectedFrameSignatures | null;
  readonly audio: AudioEnvelope | null;
  /** Null if it was not wanted. */
  readonly loudness: MeasuredLoudness | null;
  /** One for each stream; none if they were not wanted. */
  readonly packetHashes: readonly PacketHash[];
  /** The number of lines that the decoders logged. */
  readonly errors: number;
  readonly examples: readonly string[];
}

interface WantedOutput {
  /** Unique among the runs at the same time. */
  readonly name: string;
  readonly video?: { size: FrameSignatureSize; frames: ReadonlySet<number> };
  readonly audio: boolean;
  readonly loudness: boolean;
  readonly packetHashes: boolean;
  readonly threads?: number;
  /** Called with the number of frames decoded so far. */
  readonly onFrames?: ((count: number) => void) | undefined;
}

/** Decodes a finished file completely, in one run. @returns what is compared with the reference captures */
export async function decodeOutput(
  { ffmpeg, scratch }: JobContext,
  path: string,
  wanted: WantedOutput,
  signal: AbortSignal,
): Promise<DecodedOutput> {
  const watchdog = startStallWatchdog();
  const signatures =
    wanted.video && createFrameSignatureCollector(wanted.video.size, { wanted: wanted.video.frames });
  const envelope = wanted.audio ? createEnvelopeReader() : undefined;
  const loudness = wanted.loudness ? createLoudnessReader() : undefined;
  const frames = await openOutputSocket(scratch.socketPath(`decoded-video-${wanted.name}`), watchdog.feed);
  const samples = await openOutputSocket(scratch.socketPath(`decoded-audio-${wanted.name}`), watchdog.feed);
  const loudnessText = await openTextSocket(scratch.socketPath(`decoded-loudness-${wanted.name}`), (text) =>
    loudness?.push(text),
  );
  const hashes = await scratch.path(`mp4-hashes-${wanted.name}.txt`);
  let textRead: Promise<void> | undefined;
  const close = () => {
    frames.close();
    samples.close();
    textRead ??= loudnessText.close();
  };
  try {
    const command = decodeRenditionCommand(path, {
      ...(wanted.video && { video: { target: frames.target, size: wanted.video.size } }),
      ...(wanted.audio && { audioTarget: samples.target }),
      ...(wanted.loudness && { loudnessTarget: loudnessText.target }),
      ...(wanted.packetHashes && { packetHashTarget: hashes }),
      ...(wanted.threads !== undefined && { threads: wanted.threads }),
    });
    const [message] = await Promise.all([
      ffmpeg
        .run(command, {
          signal: AbortSignal.any([signal, watchdog.signal]),
          limits: processLimits('finish'),
        })
        .finally(close),
      forEachChunk(frames.chunks(), (chunk) => {
        signatures?.push(chunk);
        wanted.onFrames?.(signatures?.frameCount() ?? 0);
      }),
      forEachChunk(samples.chunks(), (chunk) => envelope?.push(chunk)),
    ]);
    await textRead;
    const { errors, examples } = readDecoderWarnings(message);
    return {
      signatures: signatures?.end() ?? null,
      audio: envelope?.end() ?? null,
      loudness: loudness?.end() ?? null,
      packetHashes: wanted.packetHashes ? readPacketHashes(await readFile(hashes, 'utf8')) : [],
      errors,
      examples,
    };
  } finally {
    close();
    watchdog.stop();
    await rm(hashes, { force: true });
  }
}

async function forEachChunk(
  chunks: AsyncIterable<Uint8Array>,
  use: (chunk: Uint8Array) => void,
): Promise<void> {
  for await (const chunk of chunks) use(chunk);
}
