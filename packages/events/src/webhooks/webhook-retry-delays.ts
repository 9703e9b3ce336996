const minute = 60;
const hour = 60 * minute;

/**
 * Seconds between the attempts of one delivery: 18 attempts in about a day. They start close together, because most faults are
 * short, and end at two hours, so that a repaired receiver soon gets what it missed.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#retry-schedule
 */
export const webhookRetryDelaysSeconds: readonly number[] = [
  5,
  30,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  ...Array.from({ length: 11 }, () => 2 * hour),
];

/** A delay is longer by up to this part of it, so that deliveries that failed together do not come back together. */
export const webhookRetrySpread = 0.1;
