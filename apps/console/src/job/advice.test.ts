import { expect, it } from 'vitest';
import { adviceOn } from './advice.ts';

it('says what to do about a code, and for others whether a retry helps', () => {
  expect(adviceOn({ code: 'not-media', retryable: false }, false)).toMatch(/right file/);
  expect(adviceOn({ code: 'some-new-code', retryable: true }, false)).toMatch(/retry/);
  expect(adviceOn({ code: 'some-new-code', retryable: false }, false)).toMatch(/does not help/);
});

it('does not ask for a retry of a job that waits for a place and goes on by itself', () => {
  expect(adviceOn({ code: 'all-places-taken', retryable: true }, true)).toBe(
    'There is nothing to do: the job goes on by itself.',
  );
});
