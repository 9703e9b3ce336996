import { S3ServiceException } from '@aws-sdk/client-s3';
import { FyrestreamError } from '@fyrestream/events';
import { toServiceFault } from './service-fault.ts';

type Address = { readonly bucket: string; readonly key: string };

/** Sorts the errors of S3 by their code into typed errors; returns other errors unchanged. */
export function toObjectStoreError(error: unknown, address: Address): unknown {
  if (!(error instanceof S3ServiceException)) return error;
  if (isMissingObjectError(error)) return missingObjectError(address, error);
  const fault = toServiceFault(error);
  if (fault !== null) return fault;
  const where = `s3://${address.bucket}/${address.key}`;
  const refusal = refusals.find(({ matches }) => matches(error));
  return refusal ? new FyrestreamError({ ...refusal.facts(where), cause: error }) : error;
}

/** Whether a conditional write or removal failed because the object was replaced or removed meanwhile. */
export function isObjectChanged(error: unknown): boolean {
  return error instanceof FyrestreamError && ['precondition-failed', 'object-missing'].includes(error.code);
}

/** S3 answers 400 for a version id that never existed, and 404 or 405 for a deleted version. */
export function isMissingObjectError(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  const missingCodes = ['NoSuchKey', 'NoSuchVersion', 'NotFound', 'MethodNotAllowed'];
  return missingCodes.includes(error.name) || error.$metadata.httpStatusCode === 404;
}

export function missingObjectError(address: Address, cause?: unknown): FyrestreamError {
  return new FyrestreamError({
    code: 'object-missing',
    message: `s3://${address.bucket}/${address.key} does not exist or was deleted.`,
    retryable: false,
    cause,
  });
}

const refusals = [
  {
    matches: (error: S3ServiceException) => error.name === 'InvalidObjectState',
    facts: (where: string) => ({
      code: 'object-archived',
      message: `${where} is in an archive storage class; restore it, then retry.`,
      retryable: false,
    }),
  },
  {
    // May pass: policies take effect after a while, and the answer to HEAD has no code, whatever is wrong.
    matches: (error: S3ServiceException) => error.$metadata.httpStatusCode === 403,
    facts: (where: string) => ({
      code: 'object-access-denied',
      message: `Access to ${where} was denied; check its permissions and its encryption key.`,
      retryable: true,
    }),
  },
  {
    matches: (error: S3ServiceException) => [409, 412].includes(error.$metadata.httpStatusCode ?? 0),
    facts: (where: string) => ({
      code: 'precondition-failed',
      message: `${where} was changed by another writer in the meantime.`,
      retryable: true,
    }),
  },
];
