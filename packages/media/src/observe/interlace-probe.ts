import { z } from 'zod';
import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import { inputOptions } from '../facts/probe-arguments.ts';

/** What idet saw, in frames over all places looked at. */
export const interlaceObservationSchema = z.strictObject({
  topFirstFrames: z.int().nonnegative(),
  bottomFirstFrames: z.int().nonnegative(),
  progressiveFrames: z.int().nonnegative(),
  undeterminedFrames: z.int().nonnegative(),
});
export type InterlaceObservation = z.infer<typeof interlaceObservationSchema>;

const secondsPerPlace = 4;
/** Titles are often progressive where the programme is not: three places, none at the very end. */
const places = [0, 0.35, 0.7];

/**
 * Fine horizontal stripes look combed to idet's own threshold (1.04); at 1.2 real combing is still seen
 * and stripes are not. Found by trying interlaced, telecined and progressive test pictures.
 */
const combingThreshold = 1.2;

/** Runs idet over a few seconds here and there; its counts come on stderr at level `info`. */
export function interlaceProbeCommand(
  sourcePath: string,
  { demuxer, durationSeconds }: { demuxer: string; durationSeconds: number | null },
  streamIndex: number,
): FfmpegCommand {
  const isLong = durationSeconds !== null && durationSeconds > secondsPerPlace * places.length * 2;
  const starts = isLong ? places.map((place) => Math.floor(place * durationSeconds)) : [0];
  const seconds = isLong ? secondsPerPlace : secondsPerPlace * places.length;
  return {
    logLevel: 'info',
    input: starts.map((start) => ({
      path: sourcePath,
      // Turned on its side, combing is not seen.
      options: [
        ...inputOptions(demuxer),
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
    outputs: starts.map((_, place) => ({ target: '-', options: ['-map', `[seen${place}]`, '-f', 'null'] })),
  };
}

/** Sums what every idet of the command said; null where none said anything. */
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
