import { expect, it } from 'vitest';
import { readDeadLetter } from './read-dead-letter.ts';

const message = (body: string) => ({
  messageId: 'm',
  receiptHandle: 'r',
  sentAt: '2026-11-23T10:00:00.000Z',
  body,
});
const logged = { code: 'invoker-failed', message: 'It failed.', retryable: true };

it('says what a message is about and why the log says that it failed', () => {
  const due = message(JSON.stringify({ kind: 'job-due', jobId: 'a'.repeat(26) }));
  expect(readDeadLetter(due, logged)).toEqual({
    messageId: 'm',
    sentAt: '2026-11-23T10:00:00.000Z',
    about: `job ${'a'.repeat(26)} is due`,
    reason: logged,
  });
});

it('knows by itself what is wrong with a message that nobody understands', () => {
  const letter = readDeadLetter(message('<xml>\n'), null);
  expect(letter).toMatchObject({
    about: 'not understood: "<xml>\\n"',
    reason: { code: 'malformed-message' },
  });
});

it('owns that it does not know', () => {
  expect(readDeadLetter(message('{"kind":"sweep-requested"}'), null)).toMatchObject({
    about: 'sweep',
    reason: null,
  });
});
