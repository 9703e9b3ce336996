import { compareKeys } from '../core/key-order.ts';
import type { MultipartUpload } from '../disk/bucket.ts';
import { S3Error } from '../s3-error.ts';
import type { BucketHandler } from './handler.ts';
import { pageSize, readListParameters } from './listing.ts';
import { xmlResponse } from './xml-response.ts';

export const listMultipartUploads: BucketHandler = async (_context, request, bucket) => {
  const { query } = request;
  const maxUploads = pageSize(request, 'max-uploads');
  const keyMarker = query.get('key-marker') ?? '';
  const uploadIdMarker = query.get('upload-id-marker') ?? '';
  const { prefix, delimiter, encode, encodingType } = readListParameters(request);
  if (delimiter !== '')
    throw new S3Error('NotImplemented', 'Grouping uploads by a delimiter is not implemented.');
  const isBehind = ({ record }: MultipartUpload) => {
    const order = compareKeys(record.key, keyMarker);
    return order > 0 || (order === 0 && uploadIdMarker !== '' && record.uploadId > uploadIdMarker);
  };
  const uploads = [...bucket.uploads.values()]
    .filter((upload) => upload.record.key.startsWith(prefix))
    .filter((upload) => keyMarker === '' || isBehind(upload))
    .sort(
      (a, b) => compareKeys(a.record.key, b.record.key) || (a.record.uploadId < b.record.uploadId ? -1 : 1),
    );
  const page = uploads.slice(0, maxUploads);
  const last = uploads.length > page.length ? page.at(-1)?.record : undefined;
  return xmlResponse('ListMultipartUploadsResult', {
    Bucket: bucket.configuration.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: uploadIdMarker,
    Prefix: encode(prefix),
    MaxUploads: maxUploads,
    EncodingType: encodingType,
    IsTruncated: last !== undefined,
    NextKeyMarker: last && encode(last.key),
    NextUploadIdMarker: last?.uploadId,
    Upload: page.map(({ record }) => ({
      Key: encode(record.key),
      UploadId: record.uploadId,
      Initiated: new Date(record.initiatedMillis).toISOString(),
      StorageClass: 'STANDARD',
      ChecksumAlgorithm: record.checksumAlgorithm,
      ChecksumType: record.checksumType,
    })),
  });
};
