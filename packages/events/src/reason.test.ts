import { expect, it } from 'vitest';
import { FyrestreamError } from './fyrestream-error.ts';
import { reasonFrom } from './reason.ts';

it('keeps code and message of a FyrestreamError and limits the length', () => {
  const facts = { code: 'not-media', message: 'x'.repeat(5_000), retryable: false };
  expect(reasonFrom(new FyrestreamError(facts))).toEqual({ ...facts, message: 'x'.repeat(1_000) });
});

it('F24 recognises a full disk by the error code of the system', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(reasonFrom(error)).toMatchObject({ code: 'disk-full', retryable: true });
});

it('treats an unknown error as retryable', () => {
  const unknown = { code: 'internal-error', retryable: true };
  expect(reasonFrom(new TypeError('x is not a function'))).toEqual({
    ...unknown,
    message: 'TypeError: x is not a function',
  });
  expect(reasonFrom('no error at all')).toEqual({ ...unknown, message: 'no error at all' });
});
