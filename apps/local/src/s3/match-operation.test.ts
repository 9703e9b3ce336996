import { describe, expect, it } from 'vitest';
import { matchOperation } from './match-operation.ts';
import type { ResourceLevel } from './operations.ts';
import { S3Error } from './s3-error.ts';

function match(method: string, level: ResourceLevel, query = '', headerNames: string[] = []): string {
  try {
    const parameters = new Map(new URLSearchParams(query));
    return matchOperation({ method, level, query: parameters, headerNames }).name;
  } catch (error) {
    return error instanceof S3Error ? error.code : String(error);
  }
}

describe('matchOperation', () => {
  it.each([
    ['GET', 'service', '', 'ListBuckets'],
    ['PUT', 'bucket', '', 'CreateBucket'],
    ['GET', 'bucket', 'list-type=2&prefix=a', 'ListObjectsV2'],
    ['GET', 'bucket', 'versions', 'ListObjectVersions'],
    ['GET', 'bucket', 'uploads', 'ListMultipartUploads'],
    ['PUT', 'bucket', 'notification', 'PutBucketNotificationConfiguration'],
    ['POST', 'bucket', 'delete', 'DeleteObjects'],
    ['GET', 'object', '', 'GetObject'],
    ['GET', 'object', 'versionId=1', 'GetObject'],
    ['GET', 'object', 'uploadId=1', 'ListParts'],
    ['PUT', 'object', 'uploadId=1&partNumber=2', 'UploadPart'],
    ['POST', 'object', 'uploads', 'CreateMultipartUpload'],
    ['POST', 'object', 'uploadId=1', 'CompleteMultipartUpload'],
    ['DELETE', 'object', 'uploadId=1', 'AbortMultipartUpload'],
    ['GET', 'bucket', '', 'ListObjects'],
    ['GET', 'bucket', 'prefix=a&marker=b', 'ListObjects'],
    ['GET', 'bucket', 'start-after=b', 'NotImplemented'],
    ['POST', 'bucket', '', 'NotImplemented'],
    ['GET', 'bucket', 'list-type=3', 'NotImplemented'],
    ['GET', 'bucket', 'lifecycle', 'NotImplemented'],
    ['GET', 'object', 'acl', 'NotImplemented'],
    ['PUT', 'object', 'tagging', 'NotImplemented'],
    ['PUT', 'object', 'uploadId=1', 'NotImplemented'],
    ['POST', 'object', 'select&select-type=2', 'NotImplemented'],
    ['PATCH', 'object', '', 'MethodNotAllowed'],
    ['DELETE', 'service', '', 'MethodNotAllowed'],
  ] as const)('%s %s ?%s is %s', (method, level, query, name) => {
    expect(match(method, level, query)).toBe(name);
  });

  it.each([
    ['PUT', '', ['x-amz-copy-source'], 'CopyObject'],
    ['PUT', 'uploadId=1&partNumber=2', ['x-amz-copy-source'], 'UploadPartCopy'],
    ['PUT', '', ['x-amz-meta-a', 'x-amz-checksum-crc32', 'user-agent'], 'PutObject'],
    ['PUT', '', ['x-amz-tagging'], 'NotImplemented'],
    ['PUT', '', ['x-amz-server-side-encryption-customer-key'], 'NotImplemented'],
    ['GET', '', ['x-amz-meta-a'], 'NotImplemented'],
    ['PUT', '', ['x-amz-checksum-xxhash64'], 'NotImplemented'],
  ])('%s ?%s with %j is %s', (method, query, headers, name) => {
    expect(match(method, 'object', query, headers)).toBe(name);
  });
});
