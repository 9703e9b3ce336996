import { type ByteRange, parseByteRange } from '../core/byte-range.ts';
import { evaluateReadConditions } from '../core/conditions.ts';
import { quoteETag } from '../core/e-tag.ts';
import type { Bucket } from '../disk/bucket.ts';
import { parsePartNumber } from '../disk/multipart-uploads.ts';
import type { ObjectRecord } from '../disk/object-record.ts';
import { type OpenObject, openObject } from '../disk/open-object.ts';
import type { S3Request, S3Response } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import type { BucketHandler } from './handler.ts';
import { metadataHeaders } from './object-metadata.ts';
import { checksumHeaders, versionHeader } from './result-headers.ts';
import { preconditionFailed } from './write-conditions.ts';

export const getObject: BucketHandler = ({ storage }, request, bucket) =>
  serve(
    request,
    bucket,
    openObject(storage, bucket, request.key, request.query.get('versionId')),
    (open, range) => open.read(range),
  );

export const headObject: BucketHandler = ({ storage }, request, bucket) =>
  serve(request, bucket, openObject(storage, bucket, request.key, request.query.get('versionId')), (open) => {
    open.release();
    return undefined;
  });

async function serve(
  request: S3Request,
  bucket: Bucket,
  opening: Promise<OpenObject>,
  bodyOf: (open: OpenObject, range: ByteRange | undefined) => S3Response['body'],
): Promise<S3Response> {
  const open = await opening;
  try {
    const { record } = open;
    const headers = representationHeaders(request, bucket, record);
    const decision = evaluateReadConditions(
      {
        ifMatch: request.header('if-match'),
        ifNoneMatch: request.header('if-none-match'),
        ifModifiedSince: request.header('if-modified-since'),
        ifUnmodifiedSince: request.header('if-unmodified-since'),
      },
      record,
    );
    if (decision === 'PreconditionFailed') throw preconditionFailed('If-Match');
    if (decision === 'NotModified') {
      open.release();
      const { etag, 'last-modified': lastModified, 'cache-control': cacheControl } = headers;
      return { status: 304, headers: { etag, 'last-modified': lastModified, 'cache-control': cacheControl } };
    }
    const range = requestedRange(request, record);
    if (range === undefined) {
      const wantsChecksum = request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
      const checksum = wantsChecksum ? checksumHeaders(record.checksum) : {};
      const length = { 'content-length': String(record.sizeBytes) };
      return { status: 200, headers: { ...headers, ...checksum, ...length }, body: bodyOf(open, undefined) };
    }
    const { firstByte, lastByte } = range;
    return {
      status: 206,
      headers: {
        ...headers,
        'content-length': String(lastByte - firstByte + 1),
        'content-range': `bytes ${firstByte}-${lastByte}/${record.sizeBytes}`,
      },
      body: bodyOf(open, range),
    };
  } catch (error) {
    open.release();
    throw error;
  }
}

function representationHeaders(request: S3Request, bucket: Bucket, record: ObjectRecord) {
  const parts = record.uploadId !== undefined && request.query.has('partNumber');
  const headers: Record<string, string | undefined> = {
    ...metadataHeaders(record),
    'accept-ranges': 'bytes',
    etag: quoteETag(record.eTag),
    'last-modified': new Date(record.lastModifiedMillis).toUTCString(),
    ...versionHeader(bucket, record.versionId),
    'x-amz-mp-parts-count': parts ? String(record.content.length) : undefined,
  };
  for (const [name, value] of request.query) {
    if (name.startsWith('response-')) headers[name.slice('response-'.length)] = headerValue(value);
  }
  return headers;
}

/** Response headers that a URL sets must be valid header values. */
function headerValue(value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  throw new S3Error('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.');
}

/** The range of a Range header, or of one part of a multipart object. */
function requestedRange(request: S3Request, record: ObjectRecord): ByteRange | undefined {
  const header = request.header('range');
  const partNumber = request.query.get('partNumber');
  if (partNumber !== undefined) {
    if (header !== undefined) {
      throw new S3Error('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter.');
    }
    return partRange(parsePartNumber(partNumber), record);
  }
  const range = parseByteRange(header, record.sizeBytes);
  if (range === 'unsatisfiable') throw unsatisfiable(header ?? '', record.sizeBytes);
  return range === 'whole' ? undefined : range;
}

function partRange(partNumber: number, record: ObjectRecord): ByteRange | undefined {
  const sizes =
    record.uploadId === undefined ? [record.sizeBytes] : record.content.map((one) => one.sizeBytes);
  const sizeBytes = sizes[partNumber - 1];
  if (sizeBytes === undefined) throw unsatisfiable(`part ${partNumber}`, record.sizeBytes);
  if (sizeBytes === 0) return undefined;
  const firstByte = sizes.slice(0, partNumber - 1).reduce((sum, size) => sum + size, 0);
  return { firstByte, lastByte: firstByte + sizeBytes - 1 };
}

function unsatisfiable(requested: string, sizeBytes: number): S3Error {
  return new S3Error('InvalidRange', 'The requested range is not satisfiable', {
    details: { RangeRequested: requested, ActualObjectSize: String(sizeBytes) },
    headers: { 'content-range': `bytes */${sizeBytes}` },
  });
}
