import { setTimeout as sleep } from 'node:timers/promises';

/** The passing of time; an argument, as the clock is, so that tests and the simulator can own it. */
export interface Timers {
  /** @throws the reason of the signal, as soon as it is aborted */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** @returns what ends it */
  every(milliseconds: number, tick: () => void): () => void;
}

export const systemTimers: Timers = {
  async sleep(milliseconds, signal) {
    try {
      await sleep(milliseconds, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
  every(milliseconds, tick) {
    const timer = setInterval(tick, milliseconds);
    return () => clearInterval(timer);
  },
};
