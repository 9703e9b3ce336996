import { expect, it } from 'vitest';
import { listDeliveries } from './list-deliveries.ts';

const at = (second: number) => `2026-01-01T00:00:0${second}.000Z`;
const line = (second: number, entry: object, part: 'notifier' | 'worker' = 'notifier') => ({
  ...{ part, time: at(second), stream: 's', text: JSON.stringify({ level: 'info', ...entry }) },
});
const reason = { code: 'webhook-refused', message: 'example.com answered 503.', retryable: true };

it('tells which endpoint took an event, and why another has not', () => {
  const lines = [
    line(0, { eventId: 'a-1', endpoints: ['studio', 'archive'], msg: 'event-fanned-out' }),
    line(1, { eventId: 'a-1', endpoint: 'studio', reason, msg: 'message-failed' }),
    line(2, { eventId: 'a-1', endpoint: 'archive', reason, msg: 'message-failed' }),
    line(3, { eventId: 'a-1', endpoint: 'studio', msg: 'delivered' }),
    // The answer was lost, and it came again.
    line(4, { eventId: 'a-1', endpoint: 'studio', reason, msg: 'message-failed' }),
    line(5, { eventId: 'a-2', endpoint: 'studio', msg: 'delivered' }, 'worker'),
    { ...line(6, {}), text: 'START RequestId: a-1' },
  ];
  expect([...listDeliveries({ lines })]).toEqual([
    [
      'a-1',
      [
        { endpoint: 'studio', deliveredAt: at(3), failure: null },
        { endpoint: 'archive', deliveredAt: null, failure: 'example.com answered 503.' },
      ],
    ],
  ]);
});
