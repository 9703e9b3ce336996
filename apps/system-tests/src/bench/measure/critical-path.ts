/** Measured seconds of the parts of a job, each on a core of its own. */
export interface JobTimes {
  /** Until the worker claims its first unit. */
  readonly startSeconds: number;
  readonly planSeconds: number;
  /** Of audio and video, in the order in which workers claim them. */
  readonly unitSeconds: readonly number[];
  readonly assemblySeconds: number;
}

/**
 * The time of a job with several equal workers, each on a core of its own: the plan by one, then the units, of which each
 * worker takes the next one as soon as it is free, then the assembly by one when all units are done. Further workers
 * start beside the first one, so they are ready when there is a plan.
 */
export function criticalPathSeconds(times: JobTimes, workers: number): number {
  const busyUntil = Array<number>(workers).fill(0);
  for (const seconds of times.unitSeconds) {
    const next = busyUntil.indexOf(Math.min(...busyUntil));
    busyUntil[next] = (busyUntil[next] ?? 0) + seconds;
  }
  return times.startSeconds + times.planSeconds + Math.max(...busyUntil) + times.assemblySeconds;
}

/** A quantity that was measured for two lengths of the same material. */
export interface Growth {
  readonly short: { readonly materialSeconds: number; readonly seconds: number };
  readonly long: { readonly materialSeconds: number; readonly seconds: number };
}

/**
 * What a part takes for longer material: a fixed time, and a time for each second of material. If the longer material took
 * no more time than the shorter one, noise hides the growth: it then counts as growth in proportion.
 */
export function extrapolateSeconds({ short, long }: Growth, materialSeconds: number): number {
  const slope = (long.seconds - short.seconds) / (long.materialSeconds - short.materialSeconds);
  if (!(slope > 0)) return (long.seconds / long.materialSeconds) * materialSeconds;
  return long.seconds + slope * (materialSeconds - long.materialSeconds);
}
