import { readFaultState, recordFaultEffect } from './fault-state.ts';

const pollMilliseconds = 100;

/**
 * From now on, the clock of this process jumps as the fault state says; timers and durations are not affected, as when the
 * clock of a machine is set. Each jump away from the true time is recorded as an effect.
 */
export function shiftClock(faultsFile: string, effectsFile: string): void {
  const trueNow = Date.now;
  let offset = 0;
  const poll = () => {
    const { clockOffsetMilliseconds } = readFaultState(faultsFile);
    if (clockOffsetMilliseconds === offset) return;
    offset = clockOffsetMilliseconds;
    if (offset !== 0) recordFaultEffect(effectsFile, 'clock-jump');
  };
  const now = () => trueNow() + offset;
  globalThis.Date = new Proxy(Date, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
  poll();
  setInterval(poll, pollMilliseconds).unref();
}
