import { expect, it } from 'vitest';
import { failedMessageIds } from './failed-message-ids.ts';

const batch = ['a', 'b', 'c'];
const after = (answer: unknown) => [
  ...failedMessageIds(batch, { outcome: 'returned', payload: JSON.stringify(answer) }),
];

it.each([null, {}, { batchItemFailures: [] }, { batchItemFailures: null }])(
  'succeeds whole with %j',
  (answer) => {
    expect(after(answer)).toEqual([]);
  },
);

it('fails the messages that the function reports', () => {
  expect(after({ batchItemFailures: [{ itemIdentifier: 'b' }] })).toEqual(['b']);
});

it.each([
  'done',
  [],
  { batchItemFailures: 'b' },
  { batchItemFailures: [{}] },
  { batchItemFailures: [{ itemIdentifier: '' }] },
  { batchItemFailures: [{ itemIdentifier: null }] },
  { batchItemFailures: [{ itemIdentifier: 'b' }, { itemIdentifier: 'unknown' }] },
])('fails the whole batch for the invalid response %j', (answer) => {
  expect(after(answer)).toEqual(batch);
});

it('fails the whole batch when the function fails', () => {
  const error = { errorType: 'Error', errorMessage: 'no' };
  expect([...failedMessageIds(batch, { outcome: 'failed', error })]).toEqual(batch);
});
