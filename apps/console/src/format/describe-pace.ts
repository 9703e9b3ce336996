import { formatSpeed } from './quantities.ts';
import { formatSeconds } from './times.ts';

/** `1.8×, 1m 5s left`; empty where nothing is measured. */
export function describePace({
  speed,
  etaSeconds,
}: {
  /** Seconds of media per second. */
  readonly speed: number | null;
  readonly etaSeconds: number | null;
}): string {
  return [
    ...(speed === null ? [] : [formatSpeed(speed)]),
    ...(etaSeconds === null ? [] : [`${formatSeconds(Math.ceil(etaSeconds))} left`]),
  ].join(', ');
}
