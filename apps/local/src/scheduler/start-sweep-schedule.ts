import type { ControlMessage } from '@fyrestream/events';

export interface SweepSchedule {
  readonly stop: () => void;
}

export interface SweepScheduleDependencies {
  readonly busyIntervalSeconds: number;
  readonly idleIntervalSeconds: number;
  /** Whether the stack was active recently; an idle laptop is woken less often. */
  readonly isBusy: () => boolean;
  readonly send: (body: string) => Promise<void>;
  readonly nowMilliseconds: () => number;
  readonly log: (line: string) => void;
}

/** The schedule of EventBridge Scheduler that sends sweep messages, so that the invoker finds work whose event was lost. */
export function startSweepSchedule(dependencies: SweepScheduleDependencies): SweepSchedule {
  const { busyIntervalSeconds, idleIntervalSeconds, nowMilliseconds } = dependencies;
  const body = JSON.stringify({ kind: 'sweep-requested' } satisfies ControlMessage);
  let sentAt = nowMilliseconds();
  const timer = setInterval(() => {
    const intervalSeconds = dependencies.isBusy() ? busyIntervalSeconds : idleIntervalSeconds;
    if (nowMilliseconds() - sentAt < intervalSeconds * 1000) return;
    sentAt = nowMilliseconds();
    dependencies.send(body).catch((error: unknown) => dependencies.log(`sweep: ${String(error)}`));
  }, Math.min(1, busyIntervalSeconds) * 1000);
  return { stop: () => clearInterval(timer) };
}
