/** Fargate fetches the image and starts a task within two minutes or never: a task that did not start by then is stopped. */
export const maxStartMinutes = 20;

/**
 * Clocks of functions and workers differ by less. A recorded time that is further in the future comes from a clock that was
 * wrong then: nothing waits for it.
 */
export const maxClockDifferenceMinutes = 60;

/**
 * How long an attempt may hold one of the places of a stack: this multiple of its estimated time, at least this time. The
 * estimate is rough and is for Fargate; a machine with a fraction of its CPUs must also have enough time. Without an
 * estimate only the time limit of the stack applies.
 */
export const attemptTimeLimits = { estimateMultiple: 30, minMinutes: 30 };

/**
 * A worker renews its claims every few seconds. After the shorter time without a write to the ledger, operators see the job
 * as stuck; after the longer one, the invoker stops the task. The clocks of both may differ by minutes.
 */
export const silenceMinutes = { stuck: 2, stopped: 10 };
