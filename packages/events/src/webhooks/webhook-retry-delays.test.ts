import { expect, it } from 'vitest';
import { webhookRetryDelaysSeconds, webhookRetrySpread } from './webhook-retry-delays.ts';

it('tries for about a day, and never waits longer than SQS can hide a message', () => {
  const hours = webhookRetryDelaysSeconds.reduce((sum, delay) => sum + delay, 0) / 3600;
  expect(hours).toBeGreaterThan(23);
  expect(hours * (1 + webhookRetrySpread)).toBeLessThan(27);
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
  expect(Math.max(...webhookRetryDelaysSeconds) * (1 + webhookRetrySpread)).toBeLessThan(43_200);
});
