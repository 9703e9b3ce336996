import type { EndpointState, MessageQueue } from '@fyrestream/cloud';
import { expect, it } from 'vitest';
import { checkWebhooks } from './check-webhooks.ts';

const url = 'https://example.com/hook';
const failing: EndpointState = {
  failingSince: '2026-01-02T03:04:05.000Z',
  lastFailure: {
    at: '2026-01-02T04:00:00.000Z',
    reason: { code: 'webhook-refused', message: 'example.com answered 503.', retryable: true },
  },
};

const queueWith = (waiting: number): MessageQueue =>
  ({ depth: async () => ({ waiting, delayed: 0, underWay: 0 }) }) as Partial<MessageQueue> as MessageQueue;

function check(states: Record<string, EndpointState | null>, dead = 0) {
  return checkWebhooks({
    endpoints: Object.fromEntries(Object.keys(states).map((name) => [name, { url }])),
    states: {
      read: async ({ name }) => states[name] ?? null,
      recordFailure: async () => failing,
      disable: async () => failing,
      clear: async () => {},
    },
    queue: { messages: queueWith(2), deadLetters: queueWith(dead) },
  });
}

it('endpoints that take their events are well', async () => {
  expect(await check({ studio: null, archive: null })).toEqual({
    about: 'webhooks',
    verdict: 'well',
    message: 'studio, archive; 2 waiting, 0 under way or to be repeated',
  });
});

it('says since when an endpoint fails, and why', async () => {
  expect(await check({ studio: failing, archive: null })).toMatchObject({
    verdict: 'wrong',
    message: 'studio fails since 2026-01-02T03:04:05.000Z: example.com answered 503 (webhook-refused)',
  });
});

it('says what to do about a disabled endpoint and its dead letters', async () => {
  const { verdict, message } = await check(
    { studio: { ...failing, disabledAt: '2026-01-03T03:04:05.000Z' } },
    4,
  );
  expect(verdict).toBe('wrong');
  expect(message).toMatch(
    /^studio is disabled since 2026-01-03T03:04:05.000Z: .*; dead letters: 4; .*redrive --webhooks/,
  );
});
