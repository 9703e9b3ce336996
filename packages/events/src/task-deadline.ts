/** Fargate fetches the image and starts a task within two minutes or never: a task that did not start by then is stopped. */
export const maxStartMinutes = 20;

/**
 * A worker renews its claims every few seconds. After the shorter time without a write to the ledger, operators see the job
 * as stuck; after the longer one, the invoker stops the task. The clocks of both may differ by minutes.
 */
export const silenceMinutes = { stuck: 2, stopped: 10 };
