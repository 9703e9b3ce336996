import { settingsSchema } from '@fyrestream/events';
import { extrapolateSeconds, type JobTimes } from '../measure/critical-path.ts';
import type { MeasuredJobTimes } from './job-times.ts';

/** A job for material of a length. */
export interface MeasuredLength {
  readonly times: MeasuredJobTimes;
  readonly materialSeconds: number;
}

/**
 * What the parts of a job take for a film of another length, from two measured lengths: plan, audio and assembly as they grow,
 * and the video in the units of a stack that sets none, at the speed of the longer measurement.
 */
export function timesOfFilm(short: MeasuredLength, long: MeasuredLength, filmSeconds: number): JobTimes {
  const { unitSeconds } = settingsSchema.parse({});
  const grown = (of: (times: MeasuredJobTimes) => number) =>
    extrapolateSeconds(
      {
        short: { materialSeconds: short.materialSeconds, seconds: of(short.times) },
        long: { materialSeconds: long.materialSeconds, seconds: of(long.times) },
      },
      filmSeconds,
    );
  const units = Math.max(1, Math.round(filmSeconds / unitSeconds));
  const videoSeconds = (long.times.videoSeconds / long.materialSeconds) * filmSeconds;
  return {
    startSeconds: long.times.startSeconds,
    planSeconds: grown((times) => times.planSeconds),
    unitSeconds: [grown((times) => times.audioSeconds), ...Array<number>(units).fill(videoSeconds / units)],
    assemblySeconds: grown((times) => times.assemblySeconds),
  };
}
