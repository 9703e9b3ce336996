import type { ObjectMetadata } from '../disk/object-record.ts';
import type { S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';

/** Headers that are stored with the object and returned with it. */
const keptHeaders = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
];
const metadataPrefix = 'x-amz-meta-';
/** Limit: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const maxMetadataBytes = 2048;

/** Reads the headers and metadata of the object to write. Refuses other storage classes and ACLs. */
export function readObjectMetadata(request: S3Request): ObjectMetadata {
  const storageClass = request.header('x-amz-storage-class') ?? 'STANDARD';
  if (storageClass !== 'STANDARD') {
    throw new S3Error('NotImplemented', `The storage class ${storageClass} is not implemented.`);
  }
  const acl = request.header('x-amz-acl') ?? 'private';
  if (acl !== 'private' && acl !== 'bucket-owner-full-control') {
    throw new S3Error('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  }
  const headers: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = name === 'content-encoding' ? contentEncoding(request) : request.header(name);
    if (value !== undefined) headers[name] = value;
  }
  const userMetadata: Record<string, string> = {};
  let metadataBytes = 0;
  for (const name of request.headerNames) {
    if (!name.startsWith(metadataPrefix)) continue;
    const value = request.header(name) ?? '';
    userMetadata[name.slice(metadataPrefix.length)] = value;
    metadataBytes += name.length - metadataPrefix.length + value.length;
  }
  if (metadataBytes > maxMetadataBytes) {
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  return { headers, userMetadata };
}

/** The response headers with the stored headers and metadata. */
export function metadataHeaders(metadata: ObjectMetadata): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'binary/octet-stream', ...metadata.headers };
  for (const [name, value] of Object.entries(metadata.userMetadata)) {
    headers[metadataPrefix + name] = value;
  }
  return headers;
}

/** `aws-chunked` is the encoding of the request body, not of the object. */
function contentEncoding(request: S3Request): string | undefined {
  const codings = (request.header('content-encoding') ?? '')
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding.toLowerCase() !== 'aws-chunked');
  return codings.length === 0 ? undefined : codings.join(',');
}
