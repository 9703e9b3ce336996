/** Numbers of queues and functions that have to fit each other; a test says how. Lengths of time are in seconds. */
export const timings = {
  /** Messages that Lambda hands to the poller at once. */
  batchSize: 10,
  /** Calls of the invoker that the poller makes at once, as it does by itself. */
  invokesAtOnce: 5,
  invokerSeconds: 30,
  /** Enough for a whole batch of the slowest calls: 10 messages, 5 at once, 30 seconds each. */
  pollerSeconds: 60,
  /** Six times the function's own, as AWS asks for. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
  visibilitySeconds: 360,
  /** A healthy upload is acknowledged at its first receipt; five failures in a row are no accident. */
  maximumReceives: 5,
  sourceRetentionSeconds: 4 * 86_400,
  /** The most that SQS keeps: time to find out and to redrive. */
  deadLetterRetentionSeconds: 14 * 86_400,
} as const;
