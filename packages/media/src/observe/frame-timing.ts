import { z } from 'zod';
import { inputOptions } from '../facts/probe-arguments.ts';

/** How the frames at the beginning of a stream are spaced, by the timestamps of their packets. */
export const frameTimingSchema = z.strictObject({
  frameCount: z.int().nonnegative(),
  /** The duration of most frames: the mean of those near the median. */
  typicalFrameSeconds: z.number().positive(),
  /** Whether (nearly) every frame stands on a grid of the typical duration, holes allowed. */
  isEvenlySpaced: z.boolean(),
});
export type FrameTiming = z.infer<typeof frameTimingSchema>;

/** Enough to tell 29.97 from 30 where timestamps are whole milliseconds. */
const surveySeconds = 30;

/** ffprobe's argv; nothing is decoded, a minute of video takes milliseconds. */
export function frameTimingArguments(sourcePath: string, demuxer: string, streamIndex: number): string[] {
  const extent = ['-select_streams', `${streamIndex}`, '-read_intervals', `%+${surveySeconds}`];
  const report = ['-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0'];
  return ['-v', 'error', ...inputOptions(demuxer), ...extent, ...report, sourcePath];
}

/** Reads the CSV of `frameTimingArguments`; null where fewer than three frames have a time. */
export function readFrameTiming(csv: string): FrameTiming | null {
  const times = presentationTimes(csv);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  if (gaps.length < 2) return null;
  const median = gaps.toSorted((left, right) => left - right)[Math.floor(gaps.length / 2)] ?? 0;
  if (median <= 0) return null;
  const near = gaps.filter((gap) => isNear(gap, median, 1));
  const typicalFrameSeconds = near.reduce((sum, gap) => sum + gap, 0) / near.length;
  const onGrid = gaps.filter((gap) =>
    isNear(gap, typicalFrameSeconds, Math.max(1, Math.round(gap / typicalFrameSeconds))),
  );
  // One gap in fifty may be off the grid: an edit, a lost packet.
  const isEvenlySpaced = onGrid.length >= gaps.length * 0.98 && near.length >= gaps.length * 0.5;
  return { frameCount: times.length, typicalFrameSeconds, isEvenlySpaced };
}

/** Closer than this are a hidden frame and the shown one that needs it (VP9), not two frames. */
const sameFrameSeconds = 0.0012;

/** Sorted, each once; packets that are only decoded, not shown (flag D), do not count. */
function presentationTimes(csv: string): number[] {
  const times = csv.split('\n').flatMap((line) => {
    const [time, flags = ''] = line.trim().split(',');
    const seconds = time === '' ? Number.NaN : Number(time);
    return Number.isFinite(seconds) && !flags.includes('D') ? [seconds] : [];
  });
  const sorted = times.toSorted((left, right) => left - right);
  return sorted.filter((time, index) => index === 0 || time - (sorted[index - 1] ?? 0) > sameFrameSeconds);
}

/** Containers round to milliseconds, cameras jitter by less than a tenth of a frame. */
function isNear(gap: number, frameSeconds: number, frames: number): boolean {
  return Math.abs(gap - frameSeconds * frames) <= Math.max(0.0015, frameSeconds * 0.1);
}
