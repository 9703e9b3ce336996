import { z } from 'zod';
import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import { frameSizeLimit, inputOptions } from '../facts/input-options.ts';
import type { VideoStream } from '../facts/source-facts.ts';

/** Frame counts of idet over all sampled positions. */
export const interlaceObservationSchema = z.strictObject({
  topFirstFrames: z.int().nonnegative(),
  bottomFirstFrames: z.int().nonnegative(),
  progressiveFrames: z.int().nonnegative(),
  undeterminedFrames: z.int().nonnegative(),
});
export type InterlaceObservation = z.infer<typeof interlaceObservationSchema>;

const secondsPerPlace = 4;
/** Titles are often progressive where the programme is not: three positions, none at the end. */
const places = [0, 0.35, 0.7];

/** 12 s of Full HD with 60 frames per second: the frames of a larger video are fewer. */
const maxProbedPixels = 1920 * 1080 * 60 * secondsPerPlace * places.length;

/**
 * At idet's default threshold (1.04), fine horizontal stripes count as combing; at 1.2 they do not, and real combing
 * still does. Measured with interlaced, telecined and progressive test videos.
 */
const combingThreshold = 1.2;

/** Runs idet over a few seconds at several positions; it prints its counts to stderr at level `info`. */
export function interlaceProbeCommand(
  sourcePath: string,
  { demuxer, durationSeconds }: { demuxer: string; durationSeconds: number | null },
  { index: streamIndex, codedSize }: Pick<VideoStream, 'index' | 'codedSize'>,
): FfmpegCommand {
  const isLong = durationSeconds !== null && durationSeconds > secondsPerPlace * places.length * 2;
  const starts = isLong ? places.map((place) => Math.floor(place * durationSeconds)) : [0];
  const seconds = isLong ? secondsPerPlace : secondsPerPlace * places.length;
  const pixels = Math.max(1, codedSize.width * codedSize.height);
  const frames = Math.max(1, Math.floor(maxProbedPixels / pixels / starts.length));
  return {
    logLevel: 'info',
    input: starts.map((start) => ({
      path: sourcePath,
      // Combing is not detected in rotated frames, so rotation is off.
      options: [
        ...inputOptions(demuxer),
        ...frameSizeLimit,
        '-noautorotate',
        ...(start > 0 ? ['-ss', `${start}`] : []),
        '-t',
        `${seconds}`,
      ],
    })),
    filterGraph: starts.map((_, place) => ({
      inputs: [`${place}:${streamIndex}`],
      filters: [`idet=intl_thres=${combingThreshold}`],
      outputs: [`seen${place}`],
    })),
    outputs: starts.map((_, place) => ({
      target: '-',
      options: ['-map', `[seen${place}]`, '-frames:v', `${frames}`, '-f', 'null'],
    })),
  };
}

/** Adds the counts of all idet filters of the command; null if none printed any. */
export function readInterlaceProbe(stderr: string): InterlaceObservation | null {
  const sums = { topFirstFrames: 0, bottomFirstFrames: 0, progressiveFrames: 0, undeterminedFrames: 0 };
  const line = /Multi frame detection: TFF:\s*(\d+) BFF:\s*(\d+) Progressive:\s*(\d+) Undetermined:\s*(\d+)/g;
  let isObserved = false;
  for (const [, top, bottom, progressive, undetermined] of stderr.matchAll(line)) {
    isObserved = true;
    sums.topFirstFrames += Number(top);
    sums.bottomFirstFrames += Number(bottom);
    sums.progressiveFrames += Number(progressive);
    sums.undeterminedFrames += Number(undetermined);
  }
  return isObserved ? sums : null;
}
