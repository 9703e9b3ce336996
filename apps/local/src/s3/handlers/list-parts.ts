import { checksumElement } from '../core/checksum.ts';
import { quoteETag } from '../core/e-tag.ts';
import { findUpload } from '../disk/multipart-uploads.ts';
import type { BucketHandler } from './handler.ts';
import { pageSize } from './listing.ts';
import { xmlResponse } from './xml-response.ts';

export const listParts: BucketHandler = async (_context, request, bucket) => {
  const { key, query } = request;
  const { record, parts } = findUpload(bucket, key, query.get('uploadId') ?? '');
  const maxParts = pageSize(request, 'max-parts');
  const marker = Number(query.get('part-number-marker') || 0);
  const behind = [...parts.values()]
    .filter((part) => part.partNumber > marker)
    .sort((a, b) => a.partNumber - b.partNumber);
  const page = behind.slice(0, maxParts);
  const isTruncated = behind.length > page.length;
  return xmlResponse('ListPartsResult', {
    Bucket: request.bucket,
    Key: key,
    UploadId: record.uploadId,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.partNumber,
    MaxParts: maxParts,
    IsTruncated: isTruncated,
    StorageClass: 'STANDARD',
    ChecksumAlgorithm: record.checksumAlgorithm,
    ChecksumType: record.checksumType,
    Part: page.map((part) => ({
      PartNumber: part.partNumber,
      LastModified: new Date(part.lastModifiedMillis).toISOString(),
      ETag: quoteETag(part.eTag),
      Size: part.sizeBytes,
      ...(part.checksumAlgorithm && { [checksumElement(part.checksumAlgorithm)]: part.checksum }),
    })),
  });
};
