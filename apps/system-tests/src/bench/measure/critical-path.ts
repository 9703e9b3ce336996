/** Measured seconds of the parts of a job, each by a worker on a core of its own. */
export interface JobTimes {
  /** From the start of the upload until a worker claims the plan. */
  readonly startSeconds: number;
  readonly planSeconds: number;
  /** Of audio and video, in the order in which workers claim them. */
  readonly unitSeconds: readonly number[];
  readonly assemblySeconds: number;
}

/**
 * The time of a job with several equal workers, each on a core of its own: the plan by one, then the units, of which each
 * worker takes the next one as soon as it is free, then the assembly by one when all units are done. Further workers are
 * started when there is a plan, which takes them as long as it took the first one.
 */
export function criticalPathSeconds(times: JobTimes, workers: number): number {
  const { startSeconds, planSeconds, unitSeconds, assemblySeconds } = times;
  const freeFrom = Array.from({ length: workers }, (_, worker) => (worker === 0 ? 0 : startSeconds));
  let unitsEnd = 0;
  for (const seconds of unitSeconds) {
    const next = freeFrom.indexOf(Math.min(...freeFrom));
    const end = (freeFrom[next] ?? 0) + seconds;
    freeFrom[next] = end;
    unitsEnd = Math.max(unitsEnd, end);
  }
  return startSeconds + planSeconds + unitsEnd + assemblySeconds;
}

/** Seconds that were measured for two lengths of the same material. */
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
