import { expect, it } from 'vitest';
import { adviceOn } from './advice.ts';

it('says what to do about a code, and for others whether a retry helps', () => {
  expect(adviceOn({ code: 'not-media', retryable: false })).toMatch(/right file/);
  expect(adviceOn({ code: 'some-new-code', retryable: true })).toMatch(/retry/);
  expect(adviceOn({ code: 'some-new-code', retryable: false })).toMatch(/does not help/);
});
