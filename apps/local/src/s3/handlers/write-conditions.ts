import type { WriteConditions } from '../core/conditions.ts';
import type { ObjectRecord } from '../disk/object-record.ts';
import type { WriteOutcome } from '../disk/write-object-conditionally.ts';
import { objectArn, type S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';

/**
 * Reads the conditions of a write. `If-Match` compares with the existing object and so needs the permission to read it.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function readWriteConditions(request: S3Request): WriteConditions {
  const ifMatch = request.header('if-match');
  if (ifMatch !== undefined) request.permit('s3:GetObject', objectArn(request.bucket, request.key));
  return { ifMatch, ifNoneMatch: request.header('if-none-match') };
}

/** Returns the record that was written, or throws the error of S3 for conditions that do not hold. */
export function unwrapOutcome(outcome: WriteOutcome, request: S3Request): ObjectRecord {
  if (outcome.written) return outcome.record;
  const condition = request.header('if-match') === undefined ? 'If-None-Match' : 'If-Match';
  switch (outcome.decision) {
    case 'PreconditionFailed':
      throw preconditionFailed(condition);
    case 'NoSuchKey':
      throw new S3Error('NoSuchKey', 'The specified key does not exist.', { details: { Key: request.key } });
    case 'ConditionalRequestConflict':
      throw new S3Error(
        'ConditionalRequestConflict',
        'The conditional request cannot succeed due to a conflicting operation against this resource.',
        { details: { Condition: condition, Key: request.key } },
      );
    case 'NotImplemented':
      throw new S3Error(
        'NotImplemented',
        'A header you provided implies functionality that is not implemented',
        {
          details: { Header: 'If-None-Match' },
        },
      );
  }
}

export function preconditionFailed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    details: { Condition: condition },
  });
}
