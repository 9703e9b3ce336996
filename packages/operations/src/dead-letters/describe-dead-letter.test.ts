import { expect, it } from 'vitest';
import { describeDeadLetter, describeWebhookMessage } from './describe-dead-letter.ts';

const message = (body: string) => ({
  messageId: 'm',
  receiptHandle: 'r',
  sentAt: '2026-11-23T10:00:00.000Z',
  body,
});
const logged = { code: 'invoker-failed', message: 'It failed.', retryable: true };

it('describes a message and takes its reason from the log', () => {
  const due = message(JSON.stringify({ kind: 'job-due', jobId: 'a'.repeat(26) }));
  expect(describeDeadLetter(due, logged)).toEqual({
    messageId: 'm',
    sentAt: '2026-11-23T10:00:00.000Z',
    about: `job ${'a'.repeat(26)} is due`,
    reason: logged,
  });
});

it('finds the reason of a malformed message itself', () => {
  const letter = describeDeadLetter(message('<xml>\n'), null);
  expect(letter).toMatchObject({
    about: 'not understood: "<xml>\\n"',
    reason: { code: 'malformed-message' },
  });
});

it('has no reason where neither the log nor the message shows one', () => {
  expect(describeDeadLetter(message('{"kind":"sweep-requested"}'), null)).toMatchObject({
    about: 'sweep',
    reason: null,
  });
});

it('names the event and the endpoint of a delivery', () => {
  const event = { eventId: 'job-7', kind: 'job-failed' };
  const delivery = { schemaVersion: 1, kind: 'delivery', endpoint: 'studio', event };
  const bodies = [delivery, { source: 'fyrestream', detail: event }].map((body) => JSON.stringify(body));
  const about = bodies.map((body) => describeDeadLetter(message(body), null, describeWebhookMessage).about);
  expect(about).toEqual(['job-failed job-7 for the webhook studio', 'job-failed job-7']);
});
