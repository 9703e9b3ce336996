import { evaluateWriteConditions } from '../core/conditions.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import { deleteObject as deleteStored } from '../disk/delete-object.ts';
import { S3Error } from '../s3-error.ts';
import type { BucketHandler } from './handler.ts';
import { versionHeader } from './result-headers.ts';
import { readWriteConditions, unwrapOutcome } from './write-conditions.ts';

export const deleteObject: BucketHandler = async ({ storage }, request, bucket) => {
  const target = { key: request.key, versionId: request.query.get('versionId') };
  const conditions = readWriteConditions(request);
  if (conditions.ifNoneMatch !== undefined) {
    throw new S3Error('NotImplemented', 'If-None-Match is not implemented for deletes.');
  }
  const refuse = (current: ObjectVersion | undefined) => {
    const decision = evaluateWriteConditions(conditions, current);
    if (decision !== 'proceed') unwrapOutcome({ written: false, decision }, request);
  };
  const outcome = await deleteStored(storage, bucket, target, request.origin, refuse);
  return {
    status: 204,
    headers: {
      ...versionHeader(bucket, outcome.versionId),
      ...(outcome.deleteMarker ? { 'x-amz-delete-marker': 'true' } : {}),
    },
  };
};
