import { webhookRetryDelaysSeconds } from '@fyrestream/events';

/** Limits of queues and functions that depend on each other; a test checks them. Times are in seconds. */
export const queueLimits = {
  /** Max messages per call of the poller. */
  batchSize: 10,
  /** Parallel calls of the invoker in one call of the poller; the same as in its code. */
  invokeConcurrency: 5,
  invokerTimeoutSeconds: 30,
  /** Enough for a batch of the slowest calls: 10 messages, 5 in parallel, 30 seconds each. */
  pollerTimeoutSeconds: 60,
  /** Six times the timeout of the poller, as AWS recommends. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
  visibilityTimeoutSeconds: 360,
  /** A valid message succeeds at its first receive; after five failures it goes to the dead-letter queue. */
  maxReceives: 5,
  /** Deliveries to endpoints fail for long; the notifier hides a message between two attempts. */
  maxDeliveryAttempts: webhookRetryDelaysSeconds.length + 1,
  /** The posts of a batch run at the same time, 15 seconds each at most. */
  notifierTimeoutSeconds: 30,
  sourceRetentionSeconds: 4 * 86_400,
  /** The SQS maximum: time to find the cause and redrive. */
  deadLetterRetentionSeconds: 14 * 86_400,
} as const;
