import { createHash } from 'node:crypto';
import {
  type Checksum,
  type ChecksumAlgorithm,
  checksumElement,
  isChecksumAlgorithm,
} from '../core/checksum.ts';
import { createChecksum } from '../core/create-checksum.ts';
import { quoteETag } from '../core/e-tag.ts';
import { multipartLimits } from '../core/multipart.ts';
import type { NewObject } from '../disk/commit-version.ts';
import { trackConditionalWrite, writeObjectConditionally } from '../disk/write-object-conditionally.ts';
import type { S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import { type CopySource, openCopySource } from './copy-source.ts';
import type { BucketHandler } from './handler.ts';
import { readObjectMetadata } from './object-metadata.ts';
import { versionHeader } from './result-headers.ts';
import { readWriteConditions, unwrapOutcome } from './write-conditions.ts';
import { xmlResponse } from './xml-response.ts';

/** Copies by linking the content files of the source. The content is read only where a hash is missing. */
export const copyObject: BucketHandler = async (context, request, bucket) => {
  const { storage } = context;
  const conditions = readWriteConditions(request);
  const source = await openCopySource(context, request);
  const conditional = trackConditionalWrite(bucket, request.key, conditions);
  try {
    refuseUselessCopy(request, source, bucket.configuration.name);
    const object = await describeCopy(request, source);
    const outcome = await writeObjectConditionally(
      storage,
      bucket,
      {
        object,
        staged: {
          directory: source.bucket.layout.objectDirectory(source.record.key),
          content: source.record.content,
          by: 'link',
        },
        conditions,
        event: 'ObjectCreated:Copy',
        origin: request.origin,
      },
      conditional.write,
    );
    const record = unwrapOutcome(outcome, request);
    return xmlResponse(
      'CopyObjectResult',
      {
        ETag: quoteETag(record.eTag),
        LastModified: new Date(record.lastModifiedMillis).toISOString(),
        ...(record.checksum && {
          [checksumElement(record.checksum.algorithm)]: record.checksum.value,
          ChecksumType: record.checksum.type,
        }),
      },
      {
        ...versionHeader(bucket, record.versionId),
        ...copySourceVersionHeader(versionHeader(source.bucket, source.record.versionId)),
      },
    );
  } finally {
    conditional.end();
    source.release();
  }
};

function refuseUselessCopy(request: S3Request, source: CopySource, bucketName: string) {
  const directive = request.header('x-amz-metadata-directive') ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw new S3Error('InvalidArgument', 'Unknown metadata directive.');
  }
  const isSame = source.record.key === request.key && source.bucket.configuration.name === bucketName;
  const namesVersion = (request.header('x-amz-copy-source') ?? '').includes('?versionId=');
  if (isSame && directive === 'COPY' && !namesVersion) {
    throw new S3Error(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata.",
    );
  }
  if (source.record.sizeBytes > multipartLimits.maxPartBytes) {
    throw new S3Error(
      'InvalidRequest',
      'The specified copy source is larger than the maximum allowable size for a copy source: 5368709120',
    );
  }
}

async function describeCopy(request: S3Request, source: CopySource): Promise<NewObject> {
  const { record } = source;
  const replaces = request.header('x-amz-metadata-directive') === 'REPLACE';
  const { headers, userMetadata } = replaces ? readObjectMetadata(request) : record;
  const wanted = requestedAlgorithm(request) ?? record.checksum?.algorithm;
  const known = record.checksum?.type === 'FULL_OBJECT' && record.checksum.algorithm === wanted;
  // The copy of a multipart object is not multipart: its ETag is the MD5 of the whole content.
  const isPlain = !record.eTag.includes('-');
  const described = { key: request.key, headers, userMetadata, sizeBytes: record.sizeBytes };
  if (isPlain && (known || wanted === undefined)) {
    return { ...described, eTag: record.eTag, ...(record.checksum && { checksum: record.checksum }) };
  }
  return { ...described, ...(await hashWhole(source, wanted)) };
}

async function hashWhole(source: CopySource, algorithm: ChecksumAlgorithm | undefined) {
  const md5 = createHash('md5');
  const running = algorithm && createChecksum(algorithm);
  for await (const piece of source.read() as AsyncIterable<Buffer>) {
    md5.update(piece);
    running?.update(piece);
  }
  const eTag = md5.digest('hex');
  if (algorithm === undefined || running === undefined) return { eTag };
  const checksum: Checksum = { algorithm, type: 'FULL_OBJECT', value: await running.base64() };
  return { eTag, checksum };
}

export function requestedAlgorithm(request: S3Request): ChecksumAlgorithm | undefined {
  const name = request.header('x-amz-checksum-algorithm')?.toUpperCase();
  if (name === undefined) return undefined;
  if (!isChecksumAlgorithm(name)) {
    throw new S3Error('NotImplemented', `The checksum algorithm ${name} is not implemented.`);
  }
  return name;
}

function copySourceVersionHeader(headers: Record<string, string>): Record<string, string> {
  const versionId = headers['x-amz-version-id'];
  return versionId === undefined ? {} : { 'x-amz-copy-source-version-id': versionId };
}
