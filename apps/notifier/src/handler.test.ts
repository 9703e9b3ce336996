import { createLogger, type EndpointAddress, type EndpointState } from '@fyrestream/cloud';
import { FyrestreamError, type Reason, type WebhookDelivery, type Webhooks } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { createNotifier } from './handler.ts';
import type { Post } from './http/create-poster.ts';

const webhooks: Webhooks = {
  studio: { url: 'https://studio.example.com/hook' },
  archive: { url: 'https://archive.example.com/hook', kinds: ['job-succeeded'] },
};
const event = { eventId: 'job-7', kind: 'job-failed' };
const eventBody = (kind: string) => JSON.stringify({ source: 'fyrestream', detail: { ...event, kind } });
const deliveryTo = (endpoint: string): WebhookDelivery => ({
  schemaVersion: 1,
  kind: 'delivery',
  endpoint,
  event,
});
const record = (messageId: string, body: object | string, receives = 1) => ({
  messageId,
  receiptHandle: `handle of ${messageId}`,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes: { ApproximateReceiveCount: String(receives) },
});

/** A notifier with queue, states and receivers in memory; `status` is what a host answers. */
function notifierWith(status: (host: string) => number | Error, { clearFails = false } = {}) {
  const sent: WebhookDelivery[] = [];
  const dead: WebhookDelivery[] = [];
  const postponed: [string, number][] = [];
  const posts: Post[] = [];
  const forgotten: string[] = [];
  const stored = new Map<string, EndpointState>();
  let now = Date.parse('2026-01-02T03:00:00.000Z');
  const keep = (
    { name }: EndpointAddress,
    failure: { at: string; reason: Reason },
    isDisabled: boolean,
  ): EndpointState => {
    const before = stored.get(name);
    const disabledAt = before?.disabledAt ?? (isDisabled ? failure.at : undefined);
    const state = {
      failingSince: before?.failingSince ?? failure.at,
      lastFailure: failure,
      ...(disabledAt !== undefined && { disabledAt }),
    };
    stored.set(name, state);
    return state;
  };
  const handle = createNotifier({
    webhooks,
    queue: {
      send: async (deliveries) => void sent.push(...deliveries),
      sendDeadLetter: async (delivery) => `dead-${dead.push(delivery)}`,
      retryAfter: async (handleOf, seconds) => {
        postponed.push([handleOf, seconds]);
        if (handleOf.includes('unknown handle')) throw new Error('no such handle');
      },
    },
    states: {
      read: async ({ name }) => stored.get(name) ?? null,
      recordFailure: async (endpoint, failure) => keep(endpoint, failure, false),
      disable: async (endpoint, failure) => keep(endpoint, failure, true),
      clear: async ({ name }) => {
        if (clearFails) throw new Error('throttled');
        stored.delete(name);
      },
    },
    keys: { of: async () => [Buffer.alloc(32)], forget: (name) => void forgotten.push(name) },
    post: async (post) => {
      posts.push(post);
      const answer = status(new URL(post.url).host);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    retryDelaysSeconds: [10, 100],
    clock: () => new Date(now).toISOString(),
    random: () => 0.5,
    log: createLogger('notifier-test', 'silent'),
  });
  const failedOf = async (...Records: ReturnType<typeof record>[]) =>
    (await handle({ Records })).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return {
    failedOf,
    forgotten,
    sent,
    dead,
    postponed,
    posts,
    stored,
    wait: (seconds: number) => (now += seconds * 1e3),
  };
}

describe('createNotifier', () => {
  it('turns an event into one message for each endpoint that wants its kind', async () => {
    const { failedOf, sent, posts } = notifierWith(() => 200);
    expect(
      await failedOf(record('1', eventBody('job-failed')), record('2', eventBody('job-succeeded'))),
    ).toEqual([]);
    expect(sent.map(({ endpoint, event: { kind } }) => [endpoint, kind])).toEqual([
      ['studio', 'job-failed'],
      ['studio', 'job-succeeded'],
      ['archive', 'job-succeeded'],
    ]);
    expect(posts).toEqual([]);
  });

  it('an endpoint that fails is postponed by the number of its attempts and repeats no other', async () => {
    const { failedOf, posts, postponed } = notifierWith((host) => (host.startsWith('studio') ? 500 : 200));
    const failed = await failedOf(
      record('1', deliveryTo('studio')),
      record('2', deliveryTo('archive')),
      record('3', deliveryTo('studio'), 2),
      record('4', deliveryTo('studio'), 3),
    );
    expect(failed.toSorted()).toEqual(['1', '3', '4']);
    expect(posts).toHaveLength(4);
    expect(Object.fromEntries(postponed)).toEqual({
      'handle of 1': 10.5,
      'handle of 3': 105,
      // The last attempt: SQS moves the message at its next receive.
      'handle of 4': 0,
    });
  });

  it('an event that an endpoint took is not sent again where the end of its failure cannot be recorded', async () => {
    let answer = 500;
    const { failedOf, posts } = notifierWith(() => answer, { clearFails: true });
    expect(await failedOf(record('1', deliveryTo('studio')))).toEqual(['1']);
    answer = 200;
    expect(await failedOf(record('1', deliveryTo('studio'), 2))).toEqual([]);
    expect(posts).toHaveLength(2);
  });

  it('posts the same body under the same id at every attempt', async () => {
    const { failedOf, posts, wait } = notifierWith(() => 503);
    await failedOf(record('1', deliveryTo('studio')));
    wait(600);
    await failedOf(record('1', deliveryTo('studio'), 2));
    expect(posts.map(({ body }) => body)).toEqual([JSON.stringify(event), JSON.stringify(event)]);
    expect(posts.map(({ headers }) => headers['webhook-id'])).toEqual(['job-7', 'job-7']);
    const [first, second] = posts.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect((second ?? 0) - (first ?? 0)).toBe(600);
  });

  it.each([301, 400, 404, 429, 500, 503])('does not take the answer %i for a success', async (status) => {
    const { failedOf, forgotten } = notifierWith(() => status);
    expect(await failedOf(record('1', deliveryTo('studio')))).toEqual(['1']);
    // The receiver may have another secret than the notifier knows.
    expect(forgotten).toEqual(['studio']);
  });

  it('an endpoint that answers 410 is disabled, and its events become dead letters without a post', async () => {
    const { failedOf, dead, posts, stored } = notifierWith((host) => (host.startsWith('studio') ? 410 : 200));
    expect(await failedOf(record('1', deliveryTo('studio')))).toEqual([]);
    expect(stored.get('studio')).toMatchObject({
      disabledAt: '2026-01-02T03:00:00.000Z',
      lastFailure: { reason: { code: 'webhook-gone', message: 'studio.example.com answered 410.' } },
    });
    expect(await failedOf(record('2', deliveryTo('studio')), record('3', deliveryTo('archive')))).toEqual([]);
    expect(dead.map(({ endpoint }) => endpoint)).toEqual(['studio', 'studio']);
    expect(posts).toHaveLength(2);
  });

  it('an endpoint that takes nothing during all attempts of an event is disabled', async () => {
    const { failedOf, stored, wait } = notifierWith(() => new Error('ECONNREFUSED'));
    await failedOf(record('1', deliveryTo('studio')));
    wait(10);
    await failedOf(record('1', deliveryTo('studio'), 2));
    expect(stored.get('studio')?.disabledAt).toBeUndefined();
    wait(100);
    expect(await failedOf(record('1', deliveryTo('studio'), 3))).toEqual(['1']);
    expect(stored.get('studio')?.disabledAt).toBe('2026-01-02T03:01:50.000Z');
  });

  it('an endpoint that refuses one event and takes others is not disabled', async () => {
    let status = 400;
    const { failedOf, stored, wait } = notifierWith(() => status);
    await failedOf(record('1', deliveryTo('studio')));
    wait(50);
    status = 200;
    await failedOf(record('2', deliveryTo('studio')));
    expect(stored.size).toBe(0);
    status = 400;
    wait(60);
    expect(await failedOf(record('1', deliveryTo('studio'), 3))).toEqual(['1']);
    expect(stored.get('studio')?.disabledAt).toBeUndefined();
  });

  it('drops what is for an endpoint that was removed from the settings', async () => {
    const { failedOf, dead, posts } = notifierWith(() => 200);
    expect(await failedOf(record('1', deliveryTo('removed')), record('2', deliveryTo('toString')))).toEqual(
      [],
    );
    expect([dead, posts]).toEqual([[], []]);
  });

  it('a malformed message fails alone and is not postponed', async () => {
    const { failedOf, postponed, posts } = notifierWith(() => 200);
    expect(await failedOf(record('1', 'not json'), record('2', deliveryTo('studio')))).toEqual(['1']);
    expect([postponed.length, posts.length]).toEqual([0, 1]);
  });

  it('a message that cannot be postponed does not repeat the others of its batch', async () => {
    const { failedOf } = notifierWith((host) => (host.startsWith('studio') ? 500 : 200));
    const failed = await failedOf(
      { ...record('1', deliveryTo('studio')), receiptHandle: 'unknown handle' },
      record('2', deliveryTo('archive')),
    );
    expect(failed).toEqual(['1']);
  });

  it('a missing secret is tried again and shown as the reason of the endpoint', async () => {
    const missing = new FyrestreamError({ code: 'webhook-secret-missing', message: 'no', retryable: true });
    const { failedOf, stored } = notifierWith(() => missing);
    expect(await failedOf(record('1', deliveryTo('studio')))).toEqual(['1']);
    expect(stored.get('studio')?.lastFailure.reason.code).toBe('webhook-secret-missing');
  });
});
