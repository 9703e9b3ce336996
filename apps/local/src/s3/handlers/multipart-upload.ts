import type { ChecksumAlgorithm, ChecksumType } from '../core/checksum.ts';
import { defaultChecksumType, isChecksumTypeFor } from '../core/multipart-checksum.ts';
import { createUpload, findUpload, removeUpload } from '../disk/multipart-uploads.ts';
import type { S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import { requestedAlgorithm } from './copy-object.ts';
import type { BucketHandler } from './handler.ts';
import { readObjectMetadata } from './object-metadata.ts';
import { xmlResponse } from './xml-response.ts';

export const createMultipartUpload: BucketHandler = async ({ storage }, request, bucket) => {
  const description = readObjectMetadata(request);
  const checksumAlgorithm = requestedAlgorithm(request);
  const checksumType = checksumAlgorithm && readChecksumType(request, checksumAlgorithm);
  const declared = { checksumAlgorithm, checksumType };
  const record = await createUpload(storage, bucket, {
    key: request.key,
    ...description,
    ...(checksumAlgorithm && checksumType && { checksumAlgorithm, checksumType }),
  });
  return xmlResponse(
    'InitiateMultipartUploadResult',
    { Bucket: request.bucket, Key: request.key, UploadId: record.uploadId },
    {
      'x-amz-checksum-algorithm': declared.checksumAlgorithm,
      'x-amz-checksum-type': declared.checksumType,
    },
  );
};

export const abortMultipartUpload: BucketHandler = async ({ storage }, request, bucket) => {
  const uploadId = request.query.get('uploadId') ?? '';
  await storage.lock.run(uploadId, async () => {
    findUpload(bucket, request.key, uploadId);
    await removeUpload(bucket, uploadId);
  });
  return { status: 204 };
};

function readChecksumType(request: S3Request, algorithm: ChecksumAlgorithm): ChecksumType {
  const type = request.header('x-amz-checksum-type')?.toUpperCase() ?? defaultChecksumType(algorithm);
  if ((type === 'COMPOSITE' || type === 'FULL_OBJECT') && isChecksumTypeFor(type, algorithm)) return type;
  throw new S3Error(
    'InvalidRequest',
    `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
  );
}
