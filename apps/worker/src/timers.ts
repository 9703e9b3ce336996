import { setTimeout as sleep } from 'node:timers/promises';

/** Timers are an argument, like the clock, so that tests and the simulator can control them. */
export interface Timers {
  /** @throws the reason of the signal when it is aborted */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** @returns a function that stops the timer */
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
