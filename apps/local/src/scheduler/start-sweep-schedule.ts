import type { ControlMessage } from '@fyrestream/events';

export interface SweepSchedule {
  readonly stop: () => void;
}

export interface SweepScheduleDependencies {
  readonly busyIntervalSeconds: number;
  readonly idleIntervalSeconds: number;
  /** Whether anything happened of late; a laptop that does nothing is woken less often. */
  readonly isBusy: () => boolean;
  readonly send: (body: string) => Promise<void>;
  readonly nowMilliseconds: () => number;
  readonly log: (line: string) => void;
}

/** EventBridge Scheduler for the one schedule: asks the invoker to look for what no event told of. */
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
