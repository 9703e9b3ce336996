import { type Checksum, checksumAlgorithms, checksumElement, checksumHeader } from '../core/checksum.ts';
import type { WriteConditions } from '../core/conditions.ts';
import { multipartETag, quoteETag } from '../core/e-tag.ts';
import { planCompletion, type RequestedPart } from '../core/multipart.ts';
import { multipartChecksum } from '../core/multipart-checksum.ts';
import type { Bucket, ConditionalWrite, MultipartUpload, PartRecord } from '../disk/bucket.ts';
import { findUpload, removeUpload } from '../disk/multipart-uploads.ts';
import {
  type ObjectWrite,
  trackConditionalWrite,
  writeObjectConditionally,
} from '../disk/write-object-conditionally.ts';
import type { S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import { malformedXmlError, readXml, type XmlElement } from '../xml/read-xml.ts';
import type { BucketHandler, HandlerContext } from './handler.ts';
import { versionHeader } from './result-headers.ts';
import { readWriteConditions, unwrapOutcome } from './write-conditions.ts';
import { xmlResponse } from './xml-response.ts';

/** Creates the object by linking the files of its parts, which is fast for any size. */
export const completeMultipartUpload: BucketHandler = async (context, request, bucket) => {
  const conditions = readWriteConditions(request);
  const uploadId = request.query.get('uploadId') ?? '';
  const requested = readXml(await request.readDocument(), 'CompleteMultipartUpload')
    .children('Part')
    .map(readPart);
  const conditional = trackConditionalWrite(bucket, request.key, conditions);
  try {
    return await context.storage.lock.run(uploadId, () =>
      complete(context, request, bucket, { uploadId, requested, conditions, conditional: conditional.write }),
    );
  } finally {
    conditional.end();
  }
};

interface Completion {
  readonly uploadId: string;
  readonly requested: readonly RequestedPart[];
  readonly conditions: WriteConditions;
  readonly conditional: ConditionalWrite;
}

async function complete(
  { storage }: HandlerContext,
  request: S3Request,
  bucket: Bucket,
  completion: Completion,
) {
  const { uploadId, requested, conditions, conditional } = completion;
  const upload = findUpload(bucket, request.key, uploadId);
  const parts = selectParts(upload, requested);
  const write = await assemble(bucket, request, upload, parts, conditions);
  const outcome = await writeObjectConditionally(storage, bucket, write, conditional);
  const record = unwrapOutcome(outcome, request);
  await removeUpload(bucket, uploadId);
  const { checksum } = record;
  return xmlResponse(
    'CompleteMultipartUploadResult',
    {
      Location: `/${request.bucket}/${request.key}`,
      Bucket: request.bucket,
      Key: request.key,
      ETag: quoteETag(record.eTag),
      ...(checksum && {
        [checksumElement(checksum.algorithm)]: checksum.value,
        ChecksumType: checksum.type,
      }),
    },
    versionHeader(bucket, record.versionId),
  );
}

function selectParts(upload: MultipartUpload, requested: readonly RequestedPart[]): PartRecord[] {
  const needsChecksums = upload.record.checksumType === 'COMPOSITE';
  const plan = planCompletion(upload.parts, requested, needsChecksums);
  if (!plan.complete) throw new S3Error(plan.code, plan.message);
  return plan.parts.flatMap((part) => upload.parts.get(part.partNumber) ?? []);
}

async function assemble(
  bucket: Bucket,
  request: S3Request,
  { record }: MultipartUpload,
  parts: readonly PartRecord[],
  conditions: WriteConditions,
): Promise<ObjectWrite> {
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const declaredBytes = request.header('x-amz-mp-object-size');
  if (declaredBytes !== undefined && declaredBytes !== String(sizeBytes)) {
    throw new S3Error(
      'InvalidRequest',
      `The parts have ${sizeBytes} bytes, not the declared ${declaredBytes}.`,
    );
  }
  const { checksumAlgorithm, checksumType } = record;
  const checksum =
    checksumAlgorithm && checksumType && (await multipartChecksum(checksumAlgorithm, checksumType, parts));
  if (checksum !== undefined) requireChecksum(request, checksum);
  return {
    object: {
      key: record.key,
      headers: record.headers,
      userMetadata: record.userMetadata,
      eTag: multipartETag(parts.map((part) => part.eTag)),
      sizeBytes,
      uploadId: record.uploadId,
      ...(checksum && { checksum }),
    },
    staged: {
      directory: bucket.layout.uploadDirectory(record.uploadId),
      content: parts.map((part) => part.content),
      by: 'link',
    },
    conditions,
    event: 'ObjectCreated:CompleteMultipartUpload',
    origin: request.origin,
  };
}

/** A client may send the expected checksum of the whole object. */
function requireChecksum(request: S3Request, checksum: Checksum) {
  const expected = request.header(checksumHeader(checksum.algorithm));
  const bare = checksum.value.replace(/-\d+$/, '');
  if (expected === undefined || expected === checksum.value || expected === bare) return;
  throw new S3Error(
    'BadDigest',
    `The ${checksum.algorithm} you specified did not match the calculated checksum.`,
  );
}

function readPart(element: XmlElement): RequestedPart {
  const partNumber = element.text('PartNumber') ?? '';
  const eTag = element.text('ETag');
  if (!/^\d{1,5}$/.test(partNumber) || eTag === undefined) throw malformedXmlError();
  const part = { partNumber: Number(partNumber), eTag };
  for (const algorithm of checksumAlgorithms) {
    const checksum = element.text(checksumElement(algorithm));
    if (checksum !== undefined) return { ...part, checksum };
  }
  return part;
}
