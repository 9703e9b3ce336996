import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { FyrestreamError, type LadderConfig, type Trim } from '@fyrestream/events';
import {
  type EncodePlan,
  type FfmpegCommand,
  headerProbeArguments,
  MediaRefusal,
  mediaCeilings,
  observeSource,
  type PidMove,
  planEncode,
  probeArguments,
  readSourceFacts,
  refineScrambledRefusal,
  refineSizeRefusal,
  requireHeaderCeilings,
  requireIsoCeilings,
  requireMatroskaCeilings,
  type SourceFacts,
  sniffAudioFrames,
  sniffContainer,
  sniffFramesLengthBytes,
  sniffLengthBytes,
  sniffRefusal,
} from '@fyrestream/media';
import { readRange } from '../read-range.ts';
import type { Ffmpeg, ProbeOptions } from '../run-ffmpeg.ts';
import { createInspectionBudget } from '../sandbox/inspection-budget.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import { scanSource } from './scan-source.ts';

/** What decides about the plan of a source. */
export interface PlanSettings {
  readonly ladder: LadderConfig;
  /** The wanted length of a unit of video. */
  readonly unitSeconds: number;
  /** The part of the source that is published; all of it by default. */
  readonly trim?: Trim | undefined;
}

interface SniffedSource {
  readonly demuxer: string | null;
  readonly leadingBytes?: number;
}

/**
 * Inspects a file with ffprobe and ffmpeg and plans its encodes.
 * @param pidMoves streams of the file that were joined
 * @throws MediaRefusal if it cannot be transcoded
 */
export async function planSource(
  ffmpeg: Ffmpeg,
  path: string,
  { ladder, unitSeconds, trim }: PlanSettings,
  signal: AbortSignal,
  pidMoves: PidMove[] = [],
): Promise<{ facts: SourceFacts; plan: EncodePlan }> {
  const { size: sourceBytes } = await stat(path);
  const read = (offset: number, lengthBytes: number) => readRange(path, offset, lengthBytes);
  const sniffed = await sniff(path);
  if (sniffed.demuxer === 'mov') await requireIsoCeilings(read, sourceBytes);
  if (sniffed.demuxer === 'matroska') await requireMatroskaCeilings(read, sourceBytes);
  const budget = createInspectionBudget(sourceBytes);
  await checkHeader(ffmpeg, path, { signal, limits: processLimits('header', { sourceBytes }) }, sniffed);
  const facts = await budget.run((limits) =>
    probe(ffmpeg, path, { signal, limits }, { ...sniffed, pidMoves }),
  );
  const framePixels = decodedPixels(facts);
  const tools = {
    probe: (argv: string[]) => budget.run((limits) => ffmpeg.probe(argv, { signal, limits }), framePixels),
    run: (command: FfmpegCommand) =>
      budget.run(
        (limits) => ffmpeg.run(command, { signal, limits, keptLines: 5_000, toleratesFailure: true }),
        framePixels,
      ),
    bytes: () => createReadStream(path, { signal }),
    read,
  };
  const scan = await scanSource(path, facts.demuxer, signal);
  try {
    const observations = { ...(await observeSource(tools, path, facts, unitSeconds)), scan };
    return { facts, plan: planEncode(facts, observations, ladder, { unitSeconds, trim }) };
  } catch (error) {
    // A run of ffprobe after the first one.
    if (error instanceof FyrestreamError && error.code === 'ffprobe-failed')
      throw new MediaRefusal('unreadable-media', error.message, error);
    throw refineScrambledRefusal(await refineSizeRefusal(error, tools, path, facts), scan);
  }
}

/** Refuses what ffprobe cannot read at a reasonable cost. What it cannot read at all is refused with its reason by `probe`. */
async function checkHeader(
  ffmpeg: Ffmpeg,
  path: string,
  options: ProbeOptions,
  { demuxer, leadingBytes }: SniffedSource,
): Promise<void> {
  try {
    const header = await ffmpeg.probe(headerProbeArguments(path, demuxer, leadingBytes), options);
    requireHeaderCeilings(JSON.parse(header));
  } catch (error) {
    if (!(error instanceof FyrestreamError && error.code === 'ffprobe-failed')) throw error;
  }
}

/** The pixels of the largest frame; ffmpeg decodes none above the ceiling. */
function decodedPixels({ video }: SourceFacts): number {
  const sizes = video.map(({ codedSize }) => codedSize.width * codedSize.height);
  return Math.max(0, ...sizes.filter((pixels) => pixels <= mediaCeilings.pixelsPerFrame));
}

/** Probes the source with the demuxer that its first bytes require; its file name is not used. */
async function probe(
  ffmpeg: Ffmpeg,
  path: string,
  options: ProbeOptions,
  { demuxer, leadingBytes, pidMoves }: SniffedSource & { pidMoves: PidMove[] },
): Promise<SourceFacts> {
  try {
    const probed = await ffmpeg.probe(probeArguments(path, demuxer, leadingBytes), options);
    return readSourceFacts(JSON.parse(probed), demuxer, { leadingBytes, pidMoves });
  } catch (error) {
    if (!(error instanceof FyrestreamError && error.code === 'ffprobe-failed')) throw error;
    throw demuxer === null
      ? new MediaRefusal('not-media', 'It begins like no format that is known here.', error)
      : new MediaRefusal('unreadable-media', whyUnreadable(error.message), error);
  }
}

/** An MP4 that is truncated, or whose recording was not finished, has no index: it is written last. */
function whyUnreadable(message: string): string {
  return /moov atom not found/.test(message)
    ? 'Its index (moov) is missing: it is cut off, or its recording was never finished.'
    : message;
}

/** @returns null as demuxer if the first bytes are unknown: ffprobe then guesses among the allowed formats */
async function sniff(path: string): Promise<SniffedSource> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffFramesLengthBytes));
    const start = buffer.subarray(0, bytesRead);
    const sniffed = sniffContainer(start.subarray(0, sniffLengthBytes));
    if (sniffed.kind === 'media') return sniffed;
    const audio = sniffAudioFrames(start);
    if (audio !== null && (sniffed.kind === 'unknown' || sniffed.content === 'text')) return audio;
    if (sniffed.kind === 'refused') throw sniffRefusal(sniffed);
    return { demuxer: null };
  } finally {
    await file.close();
  }
}
