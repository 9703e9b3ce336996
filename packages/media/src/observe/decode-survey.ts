import { z } from 'zod';
import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import { inputOptions } from '../facts/probe-arguments.ts';

/** What came out of one stream when it was decoded. */
export const streamSurveySchema = z.strictObject({
  streamIndex: z.int().nonnegative(),
  readPackets: z.int().nonnegative(),
  /** Video frames, or packets' worth of audio. */
  decodedFrames: z.int().nonnegative(),
  decodedSeconds: z.number().nonnegative(),
  /** Whether the stream ended before the survey did. */
  isWhole: z.boolean(),
  /** Lines of level `error` from decoders, and of frames marked corrupt. */
  warnings: z.int().nonnegative(),
  corruptFrames: z.int().nonnegative(),
  /** Sample rate or channels differ within the stream: a programme and its advertisements. */
  changesAudioFormat: z.boolean(),
  /** What its samples hold instead of audio, where they do: `AC-3`. */
  carries: z.string().nullable().default(null),
});
export type StreamSurvey = z.infer<typeof streamSurveySchema>;

/** A stream that ends this close to the survey's end may go on behind it. */
const surveyMarginSeconds = 2;

export interface SurveyExtent {
  streamIndex: number;
  /** From the start; null for all of it. */
  seconds: number | null;
}

/**
 * Decodes the first seconds of one stream to nothing. One command per stream: a stream that ffmpeg
 * cannot decode at all would take the others' command down with it. Sound is decoded some 900 times as
 * fast as it plays: surveyed whole (`seconds: null`), it shows where its format changes.
 */
export function decodeSurveyCommand(
  sourcePath: string,
  demuxer: string,
  { streamIndex, seconds }: SurveyExtent,
  leadingBytes = 0,
): FfmpegCommand {
  return {
    // The counts per stream come at the end, at this level; the prefix tells errors from news.
    logLevel: 'level+verbose',
    input: [
      {
        path: sourcePath,
        options: [...inputOptions(demuxer, leadingBytes), ...(seconds === null ? [] : ['-t', `${seconds}`])],
      },
    ],
    outputs: [{ target: '-', options: ['-map', `0:${streamIndex}`, '-f', 'null'] }],
  };
}

/** Reads stderr of `decodeSurveyCommand`; whatever the exit code, nothing said means nothing decoded. */
export function readDecodeSurvey(
  stderr: string,
  { streamIndex, seconds: surveyed }: SurveyExtent,
): StreamSurvey {
  const counted = stderr.match(/Input stream #\d+:\d+[^\n]*?(\d+) packets read[^\n]*?(\d+) frames decoded/);
  // The last word is the whole: earlier lines are progress.
  const [hours = 0, minutes = 0, seconds = 0] = (stderr.match(/time=(\d+):(\d+):([\d.]+)/g)?.at(-1) ?? '')
    .replace('time=', '')
    .split(':')
    .map(Number);
  const decodedFrames = Number(counted?.[2] ?? 0);
  const decodedSeconds = decodedFrames === 0 ? 0 : hours * 3600 + minutes * 60 + seconds;
  return {
    streamIndex,
    readPackets: Number(counted?.[1] ?? 0),
    decodedFrames,
    decodedSeconds,
    isWhole: surveyed === null || decodedSeconds < surveyed - surveyMarginSeconds,
    warnings: stderr.match(/\[(error|fatal)\]/g)?.length ?? 0,
    corruptFrames: stderr.match(/corrupt decoded frame/g)?.length ?? 0,
    changesAudioFormat: audioFormats(stderr).size > 1,
    carries: null,
  };
}

/** ffmpeg says what enters its filters each time that it has to set them up. */
function audioFormats(stderr: string): Set<string | undefined> {
  const inputs = stderr.matchAll(
    /\[graph[^\]]*\] \[verbose\] tb:\S+ (samplefmt:\S+ samplerate:\d+ chlayout:[^\n]+)/g,
  );
  return new Set([...inputs].map(([, format]) => format));
}
