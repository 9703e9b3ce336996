import { decodePercent } from '../../sigv4/request-target.ts';
import { evaluateReadConditions } from '../core/conditions.ts';
import type { Bucket } from '../disk/bucket.ts';
import { type OpenObject, openObject } from '../disk/open-object.ts';
import { objectArn, type S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import type { HandlerContext } from './handler.ts';
import { preconditionFailed } from './write-conditions.ts';

export interface CopySource extends OpenObject {
  readonly bucket: Bucket;
}

/**
 * Opens the object that `x-amz-copy-source` names (`bucket/key?versionId=…`, percent-encoded). Checks the read permission of
 * the principal and the conditions of the source. The caller releases it.
 */
export async function openCopySource({ storage }: HandlerContext, request: S3Request): Promise<CopySource> {
  const { bucketName, key, versionId } = parseCopySource(request.header('x-amz-copy-source') ?? '');
  request.permit(
    versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion',
    objectArn(bucketName, key),
  );
  const bucket = storage.buckets.get(bucketName);
  if (bucket === undefined) {
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', {
      details: { BucketName: bucketName },
    });
  }
  const open = await openObject(storage, bucket, key, versionId);
  const decision = evaluateReadConditions(
    {
      ifMatch: request.header('x-amz-copy-source-if-match'),
      ifNoneMatch: request.header('x-amz-copy-source-if-none-match'),
      ifModifiedSince: request.header('x-amz-copy-source-if-modified-since'),
      ifUnmodifiedSince: request.header('x-amz-copy-source-if-unmodified-since'),
    },
    open.record,
  );
  if (decision === 'proceed') return { ...open, bucket };
  open.release();
  throw preconditionFailed('x-amz-copy-source-If-Match');
}

function parseCopySource(header: string) {
  const mark = header.indexOf('?versionId=');
  const path = decodePercent(mark < 0 ? header : header.slice(0, mark));
  const match = /^\/?([^/]+)\/(.+)$/s.exec(path ?? '');
  if (!match) {
    throw new S3Error(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      {
        details: { ArgumentName: 'x-amz-copy-source', ArgumentValue: header },
      },
    );
  }
  const versionId = mark < 0 ? undefined : header.slice(mark + '?versionId='.length);
  return { bucketName: match[1] ?? '', key: match[2] ?? '', versionId };
}
