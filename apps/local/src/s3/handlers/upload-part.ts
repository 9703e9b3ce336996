import { createHash } from 'node:crypto';
import { parseCopyRange } from '../core/byte-range.ts';
import { type ChecksumAlgorithm, checksumElement, checksumHeader } from '../core/checksum.ts';
import { createChecksum } from '../core/create-checksum.ts';
import { quoteETag } from '../core/e-tag.ts';
import type { MultipartUpload } from '../disk/bucket.ts';
import { addPart, findUpload, parsePartNumber } from '../disk/multipart-uploads.ts';
import { writeContent } from '../disk/write-content.ts';
import type { S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import { type CopySource, openCopySource } from './copy-source.ts';
import type { BucketHandler } from './handler.ts';
import { versionHeader } from './result-headers.ts';
import { xmlResponse } from './xml-response.ts';

export const uploadPart: BucketHandler = async ({ storage }, request, bucket) => {
  const { target, partNumber } = readTarget(request);
  const upload = findUpload(bucket, target.key, target.uploadId);
  const body = request.receiveBody();
  const content = await writeContent(bucket.layout.incoming, body.pieces);
  const { md5Hex, checksum } = body.digests();
  requireAlgorithm(upload, checksum?.algorithm);
  const sums = checksum && { checksumAlgorithm: checksum.algorithm, checksum: checksum.value };
  const part = { partNumber, eTag: md5Hex, sizeBytes: content.sizeBytes, content, ...sums };
  await addPart(storage, bucket, target, part);
  return {
    status: 200,
    headers: {
      etag: quoteETag(md5Hex),
      ...(checksum && { [checksumHeader(checksum.algorithm)]: checksum.value }),
    },
  };
};

export const uploadPartCopy: BucketHandler = async (context, request, bucket) => {
  const { target, partNumber } = readTarget(request);
  const upload = findUpload(bucket, target.key, target.uploadId);
  const source = await openCopySource(context, request);
  try {
    const algorithm = upload.record.checksumAlgorithm;
    const md5 = createHash('md5');
    const running = algorithm && createChecksum(algorithm);
    const content = await writeContent(bucket.layout.incoming, hashing(source, request, [md5, running]));
    const eTag = md5.digest('hex');
    const sums = algorithm && running && { checksumAlgorithm: algorithm, checksum: await running.base64() };
    const draft = { partNumber, eTag, sizeBytes: content.sizeBytes, content };
    const part = await addPart(context.storage, bucket, target, sums ? { ...draft, ...sums } : draft);
    return xmlResponse(
      'CopyPartResult',
      {
        ETag: quoteETag(eTag),
        LastModified: new Date(part.lastModifiedMillis).toISOString(),
        ...(sums && { [checksumElement(sums.checksumAlgorithm)]: sums.checksum }),
      },
      sourceVersion(source),
    );
  } finally {
    source.release();
  }
};

async function* hashing(
  source: CopySource,
  request: S3Request,
  hashes: readonly ({ readonly update: (data: Buffer) => unknown } | undefined)[],
): AsyncGenerator<Buffer> {
  const header = request.header('x-amz-copy-source-range');
  const range = header === undefined ? undefined : parseCopyRange(header, source.record.sizeBytes);
  if (header !== undefined && range === undefined) {
    throw new S3Error(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last',
      {
        details: { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header },
      },
    );
  }
  for await (const piece of source.read(range) as AsyncIterable<Buffer>) {
    for (const hash of hashes) hash?.update(piece);
    yield piece;
  }
}

function readTarget({ key, query }: S3Request) {
  const uploadId = query.get('uploadId') ?? '';
  return { target: { key, uploadId }, partNumber: parsePartNumber(query.get('partNumber') ?? '') };
}

/** An upload that declared an algorithm accepts only parts with a checksum of that algorithm. */
function requireAlgorithm({ record }: MultipartUpload, algorithm: ChecksumAlgorithm | undefined) {
  if (record.checksumAlgorithm === undefined || record.checksumAlgorithm === algorithm) return;
  throw new S3Error(
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${record.checksumAlgorithm}, actual checksum Type: ${algorithm ?? 'null'}`,
  );
}

function sourceVersion(source: CopySource): Record<string, string> {
  const versionId = versionHeader(source.bucket, source.record.versionId)['x-amz-version-id'];
  return versionId === undefined ? {} : { 'x-amz-copy-source-version-id': versionId };
}
