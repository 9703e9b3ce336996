/** Between a frame and the one before it, on the plan's timeline; null before the first and after the last frame. */
export function midpoint(times: readonly number[], index: number, zero: number): number | null {
  const [before, time] = [times[index - 1], times[index]];
  return before === undefined || time === undefined ? null : (before + time) / 2 - zero;
}
