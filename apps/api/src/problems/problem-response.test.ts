import { FyrestreamError } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { problemOf } from './problem-of.ts';
import { problemResponse } from './problem-response.ts';

const ofService = (name: string) => Object.assign(new Error('Not now.'), { name });
const contention = new FyrestreamError({ code: 'ledger-contention', message: 'Changed.', retryable: true });
const missing = new FyrestreamError({ code: 'job-not-found', message: 'No job.', retryable: false });

it.each([
  ['the ledger is throttled', ofService('ProvisionedThroughputExceededException'), 503, '5'],
  ['S3 is throttled', ofService('SlowDown'), 503, '5'],
  ['a service is unavailable', ofService('ServiceUnavailable'), 503, '5'],
  ['others change the same job', contention, 409, '1'],
  ['the credentials have expired', ofService('ExpiredToken'), 503, null],
  ['the clock is wrong', ofService('RequestTimeTooSkewed'), 503, null],
  ['there is no such job', missing, 404, null],
  ['the API has a fault', new TypeError('x is undefined'), 500, null],
])('an answer says how long to wait only where waiting helps: %s', (_when, error, status, wait) => {
  const response = problemResponse(problemOf(error));
  expect([response.status, response.headers.get('retry-after')]).toEqual([status, wait]);
});
