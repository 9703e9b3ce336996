import pMap from 'p-map';
import { isKeyTooLong } from '../core/names.ts';
import type { Bucket } from '../disk/bucket.ts';
import { deleteObject } from '../disk/delete-object.ts';
import { objectArn, type S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import { malformedXmlError, readXml, type XmlElement } from '../xml/read-xml.ts';
import type { XmlValue } from '../xml/write-xml.ts';
import type { BucketHandler, HandlerContext } from './handler.ts';
import { xmlResponse } from './xml-response.ts';

/** Limit: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const maxBatchKeys = 1000;
/** Each delete waits for the disk, so parallel deletes are faster. */
const maxConcurrentDeletes = 32;

export const deleteObjects: BucketHandler = async (context, request, bucket) => {
  const document = readXml(await request.readDocument(), 'Delete');
  const targets = document.children('Object').map(readTarget);
  if (targets.length === 0 || targets.length > maxBatchKeys) throw malformedXmlError();
  const results = await pMap(targets, (target) => deleteOne(context, request, bucket, target), {
    concurrency: maxConcurrentDeletes,
  });
  const elementsOf = (name: DeleteResult['name']) =>
    results.filter((result) => result.name === name).map(({ element }) => element);
  const isQuiet = document.text('Quiet') === 'true';
  return xmlResponse('DeleteResult', {
    Deleted: isQuiet ? [] : elementsOf('Deleted'),
    Error: elementsOf('Error'),
  });
};

interface DeleteTarget {
  readonly key: string;
  readonly versionId: string | undefined;
}

interface DeleteResult {
  readonly name: 'Deleted' | 'Error';
  readonly element: XmlValue;
}

/** Deletes one key of a batch. A failure is part of the response and does not affect the other keys. */
async function deleteOne(
  { storage }: HandlerContext,
  request: S3Request,
  bucket: Bucket,
  target: DeleteTarget,
): Promise<DeleteResult> {
  const named = { Key: target.key, VersionId: target.versionId };
  try {
    if (target.key === '') throw malformedXmlError();
    if (isKeyTooLong(target.key)) throw new S3Error('KeyTooLongError', 'Your key is too long');
    const action = target.versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
    request.permit(action, objectArn(request.bucket, target.key));
    const { deleteMarker, versionId } = await deleteObject(storage, bucket, target, request.origin);
    const marker = deleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: versionId } : {};
    return { name: 'Deleted', element: { ...named, ...marker } };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return { name: 'Error', element: { ...named, Code: error.code, Message: error.message } };
  }
}

function readTarget(object: XmlElement): DeleteTarget {
  const condition = object.childNames.find((name) => name !== 'Key' && name !== 'VersionId');
  if (condition !== undefined) throw new S3Error('NotImplemented', `${condition} is not implemented.`);
  return { key: object.text('Key') ?? '', versionId: object.text('VersionId') || undefined };
}
