/** Lets the rest of the process run: timers, requests. If it rejects, the work ends with that error. */
export type Pause = () => Promise<void>;

/** Counts the bytes of an item before it is processed, and pauses when many have been. */
export type Pace = (bytes: number) => Promise<void>;

/** The slowest markup needs a tenth of a second for so many bytes. */
const bytesPerPause = 256 * 1024;
/** The work for an item without bytes. */
const bytesPerItem = 64;

export function createPace(pause: Pause): Pace {
  let processed = 0;
  return async (bytes) => {
    processed += bytes + bytesPerItem;
    if (processed < bytesPerPause) return;
    processed = 0;
    await pause();
  };
}
