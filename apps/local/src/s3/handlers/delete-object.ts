import { evaluateWrite } from '../core/conditions.ts';
import { isKeyTooLong } from '../core/names.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import type { Bucket } from '../disk/bucket.ts';
import { type DeleteOutcome, deleteObject as deleteStored } from '../disk/delete-object.ts';
import { objectArn, type S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import { malformed, readXml } from '../xml/read-xml.ts';
import type { BucketHandler, HandlerContext } from './handler.ts';
import { versionHeader } from './result-headers.ts';
import { readWriteConditions, unwrapOutcome } from './write-verdict.ts';
import { xmlResponse } from './xml-response.ts';

/** Limit: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const greatestBatch = 1000;

export const deleteObject: BucketHandler = async ({ storage }, request, bucket) => {
  const target = { key: request.key, versionId: request.query.get('versionId') };
  const conditions = readWriteConditions(request);
  if (conditions.ifNoneMatch !== undefined) {
    throw new S3Error('NotImplemented', 'If-None-Match is not implemented for deletes.');
  }
  const refuse = (current: ObjectVersion | undefined) => {
    const verdict = evaluateWrite(conditions, current);
    if (verdict !== 'proceed') unwrapOutcome({ written: false, verdict }, request);
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

export const deleteObjects: BucketHandler = async (context, request, bucket) => {
  const document = readXml(await request.readDocument(), 'Delete');
  const quiet = document.text('Quiet') === 'true';
  const targets = document.children('Object').map((object) => {
    const conditional = object.childNames.find((name) => name !== 'Key' && name !== 'VersionId');
    if (conditional !== undefined) throw new S3Error('NotImplemented', `${conditional} is not implemented.`);
    return { key: object.text('Key') ?? '', versionId: object.text('VersionId') || undefined };
  });
  if (targets.length === 0 || targets.length > greatestBatch) throw malformed();
  const deleted: Record<string, string | boolean | undefined>[] = [];
  const errors: Record<string, string | undefined>[] = [];
  for (const target of targets) {
    const named = { Key: target.key, VersionId: target.versionId };
    try {
      const outcome = await deleteOne(context, request, bucket, target);
      const marker = outcome.deleteMarker
        ? { DeleteMarker: true, DeleteMarkerVersionId: outcome.versionId }
        : {};
      deleted.push({ ...named, ...marker });
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      errors.push({ ...named, Code: error.code, Message: error.message });
    }
  }
  return xmlResponse('DeleteResult', { Deleted: quiet ? [] : deleted, Error: errors });
};

function deleteOne(
  { storage }: HandlerContext,
  request: S3Request,
  bucket: Bucket,
  target: { readonly key: string; readonly versionId: string | undefined },
): Promise<DeleteOutcome> {
  if (isKeyTooLong(target.key)) throw new S3Error('KeyTooLongError', 'Your key is too long');
  if (target.key === '') throw malformed();
  const action = target.versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  request.permit(action, objectArn(request.bucket, target.key));
  return deleteStored(storage, bucket, target, request.origin);
}
