import { z } from 'zod';
import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import { frameSizeLimit, inputOptions } from '../facts/input-options.ts';
import { readDecoderWarnings } from '../verify/decoder-warnings.ts';
import type { InterlaceSample } from './interlace-probe.ts';

/** The result of decoding one stream. */
export const streamSurveySchema = z.strictObject({
  streamIndex: z.int().nonnegative(),
  readPackets: z.int().nonnegative(),
  /** Video frames or audio packets. */
  decodedFrames: z.int().nonnegative(),
  decodedSeconds: z.number().nonnegative(),
  /** Whether the stream ended before the survey did. */
  isWhole: z.boolean(),
  /** Lines of level `error` from decoders, and messages about corrupt frames. */
  warnings: z.int().nonnegative(),
  /** Those that ffmpeg prints when it opens the file, wherever it decodes then. */
  openingWarnings: z.int().nonnegative().default(0),
  corruptFrames: z.int().nonnegative(),
  /** Whether sample rate or channels change within the stream, as between a programme and advertisements. */
  changesAudioFormat: z.boolean(),
  /** What its samples hold instead of audio, where they do: `AC-3`. */
  carries: z.string().nullable().default(null),
});
export type StreamSurvey = z.infer<typeof streamSurveySchema>;

/** A stream that ends this close to the end of the survey may continue after it. */
const surveyMarginSeconds = 2;

export interface SurveyExtent {
  streamIndex: number;
  /** From the start; null for the whole stream. */
  seconds: number | null;
  /** Frames that are examined for interlacing as well. */
  sample?: InterlaceSample | null;
}

/**
 * Decodes the first seconds of one stream without output. One command per stream: a stream that ffmpeg cannot decode
 * would make the command fail for all. Audio is decoded about 900 times faster than real time: surveyed whole
 * (`seconds: null`), it shows where its format changes.
 */
export function decodeSurveyCommand(
  sourcePath: string,
  demuxer: string,
  { streamIndex, seconds, sample = null }: SurveyExtent,
  leadingBytes = 0,
): FfmpegCommand {
  const command = {
    // The counts per stream are printed at the end, at this level; the prefix separates errors from other messages.
    logLevel: 'level+verbose',
    input: [
      {
        path: sourcePath,
        options: [
          ...inputOptions(demuxer, leadingBytes),
          // Only audio is surveyed whole.
          ...(seconds === null ? [] : [...frameSizeLimit, '-t', `${seconds}`]),
          // Combing is not detected in rotated frames.
          ...(sample === null ? [] : ['-noautorotate']),
        ],
      },
    ],
    outputs: [{ target: '-', options: ['-map', `0:${streamIndex}`, '-f', 'null'] }],
  };
  if (sample === null) return command;
  const seen = { inputs: [`0:${streamIndex}`], filters: sample.filters, outputs: ['seen'] };
  const options = ['-map', '[seen]', '-frames:v', `${sample.frames}`, '-f', 'null'];
  return { ...command, filterGraph: [seen], outputs: [...command.outputs, { target: '-', options }] };
}

/** Parses stderr of `decodeSurveyCommand` for any exit code; without messages nothing was decoded. */
export function readDecodeSurvey(
  stderr: string,
  { streamIndex, seconds: surveyed }: SurveyExtent,
): StreamSurvey {
  const counted = stderr.match(/Input stream #\d+:\d+[^\n]*?(\d+) packets read[^\n]*?(\d+) frames decoded/);
  // The last line has the total: earlier ones are progress.
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
    openingWarnings: countOpeningWarnings(stderr),
    corruptFrames: stderr.match(/corrupt decoded frame/g)?.length ?? 0,
    changesAudioFormat: audioFormats(stderr).size > 1,
    carries: null,
  };
}

/** More are not compared: the lines that are kept of a long run are limited. */
const maxOpeningWarnings = 1000;

/** To find the parameters of streams, ffmpeg decodes the beginning: of a recording, frames before the first key frame. */
function countOpeningWarnings(stderr: string): number {
  const end = stderr.search(/\[info\] Input #0/);
  if (end === -1) return 0;
  const { errors, corrupt } = readDecoderWarnings(stderr.slice(0, end), true);
  return errors + corrupt > maxOpeningWarnings ? 0 : errors + corrupt;
}

/** ffmpeg logs the input format each time it configures its filters. */
function audioFormats(stderr: string): Set<string | undefined> {
  const inputs = stderr.matchAll(
    /\[graph[^\]]*\] \[verbose\] tb:\S+ (samplefmt:\S+ samplerate:\d+ chlayout:[^\n]+)/g,
  );
  return new Set([...inputs].map(([, format]) => format));
}
