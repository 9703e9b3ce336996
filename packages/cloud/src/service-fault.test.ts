import { S3ServiceException } from '@aws-sdk/client-s3';
import { FyrestreamError } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { toObjectStoreError } from './object-store-error.ts';
import { isServiceFault, toServiceFault } from './service-fault.ts';

function s3Error(name: string, httpStatusCode: number): S3ServiceException {
  const $metadata = { httpStatusCode };
  return new S3ServiceException({ name, $fault: 'client', message: `It is ${name}.`, $metadata });
}

it.each([
  ['RequestTimeTooSkewed', 403, 'clock-skewed'],
  ['RequestExpired', 400, 'clock-skewed'],
  ['ExpiredToken', 400, 'credentials-rejected'],
  ['InvalidToken', 400, 'credentials-rejected'],
  ['InvalidAccessKeyId', 403, 'credentials-rejected'],
  ['SignatureDoesNotMatch', 403, 'credentials-rejected'],
  ['SlowDown', 503, 'service-throttled'],
  ['KMS.ThrottlingException', 400, 'service-throttled'],
  ['KMS.DisabledException', 400, 'encryption-key-unavailable'],
  ['KMS.KMSInvalidStateException', 400, 'encryption-key-unavailable'],
  ['KMS.UnavailableException', 503, 'encryption-key-unavailable'],
  ['KMSAccessDeniedException', 400, 'encryption-key-unavailable'],
  ['InternalError', 500, 'service-unavailable'],
  ['SomethingNew', 507, 'service-unavailable'],
])('%s of S3 (%d) is %s and ends no job', (name, status, code) => {
  const error = toObjectStoreError(s3Error(name, status), { bucket: 'b', key: 'k' });
  expect(error).toMatchObject({ code, retryable: true });
  expect(isServiceFault(code)).toBe(true);
});

it.each([
  ['AccessDenied', 403, 'object-access-denied', true],
  // HEAD has no body, so it has no code.
  ['UnknownError', 403, 'object-access-denied', true],
  ['PreconditionFailed', 412, 'precondition-failed', true],
  ['NoSuchKey', 404, 'object-missing', false],
  ['InvalidObjectState', 403, 'object-archived', false],
])('%s of S3 (%d) is no fault of a service but %s', (name, status, code, retryable) => {
  const error = toObjectStoreError(s3Error(name, status), { bucket: 'b', key: 'k' });
  expect(error).toMatchObject({ code, retryable });
  expect(isServiceFault(code)).toBe(false);
});

it.each([
  'ProvisionedThroughputExceededException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'ServerException',
  'CredentialsProviderError',
])('%s of another service is a fault of the service', (name) => {
  expect(toServiceFault(Object.assign(new Error('no'), { name }))).toMatchObject({ retryable: true });
});

it('leaves other errors as they are', () => {
  const typed = new FyrestreamError({ code: 'not-media', message: 'It is a text.', retryable: false });
  expect([typed, new TypeError('a bug'), 'text'].map(toServiceFault)).toEqual([null, null, null]);
  expect(toServiceFault(Object.assign(new Error('no'), { code: 'ECONNRESET' }))).toMatchObject({
    code: 'service-unavailable',
  });
});
