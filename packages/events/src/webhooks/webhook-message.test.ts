import { expect, it } from 'vitest';
import { parseWebhookMessage } from './webhook-message.ts';

const event = { eventId: 'abcdefghijklmnopqrstuvwxyz-7', kind: 'job-failed', added: 'by a later release' };

it('reads a job event from the envelope of EventBridge, with fields that a later release adds', () => {
  const body = JSON.stringify({ source: 'fyrestream', 'detail-type': 'job-failed', detail: event });
  expect(parseWebhookMessage(body)).toEqual({ kind: 'event', event });
});

it('reads a delivery to one endpoint', () => {
  const delivery = { schemaVersion: 1, kind: 'delivery', endpoint: 'studio', event };
  expect(parseWebhookMessage(JSON.stringify(delivery))).toEqual(delivery);
});

it.each([
  'not json',
  '{}',
  JSON.stringify({ source: 'aws.ecs', detail: event }),
  JSON.stringify({ source: 'fyrestream', detail: { kind: 'job-failed' } }),
  JSON.stringify({ schemaVersion: 2, kind: 'delivery', endpoint: 'studio', event }),
])('refuses %s as malformed', (body) => {
  expect(() => parseWebhookMessage(body)).toThrow(expect.objectContaining({ code: 'malformed-message' }));
});
