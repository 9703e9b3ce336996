/** The kind of resource of an operation. It determines which part of the path and which ARN it uses. */
export type ResourceLevel = 'service' | 'bucket' | 'object';

export interface Operation {
  readonly name: OperationName;
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly level: ResourceLevel;
  /** Query parameters that must be present; where a value is given, with that value. */
  readonly requires?: Readonly<Record<string, string | undefined>>;
  readonly requiresHeader?: string;
  readonly allowsQuery?: readonly string[];
  /** `x-amz-…` headers that it supports, besides those of every request; a trailing `*` matches any suffix. */
  readonly allowsHeaders?: readonly string[];
  /** The required IAM action. Operations without one check each object that they use themselves. */
  readonly action?: string;
  /** The required IAM action where a version id is given. */
  readonly versionAction?: string;
}

export type OperationName =
  | 'ListBuckets'
  | 'CreateBucket'
  | 'HeadBucket'
  | 'DeleteBucket'
  | 'GetBucketLocation'
  | 'PutBucketVersioning'
  | 'GetBucketVersioning'
  | 'PutBucketNotificationConfiguration'
  | 'GetBucketNotificationConfiguration'
  | 'PutBucketCors'
  | 'GetBucketCors'
  | 'DeleteBucketCors'
  | 'ListObjects'
  | 'ListObjectsV2'
  | 'ListObjectVersions'
  | 'ListMultipartUploads'
  | 'DeleteObjects'
  | 'PutObject'
  | 'GetObject'
  | 'HeadObject'
  | 'DeleteObject'
  | 'CopyObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'UploadPartCopy'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'ListParts';

const objectMetadata = ['x-amz-meta-*', 'x-amz-storage-class', 'x-amz-acl'];
const copySource = [
  'x-amz-copy-source',
  'x-amz-copy-source-if-match',
  'x-amz-copy-source-if-none-match',
  'x-amz-copy-source-if-modified-since',
  'x-amz-copy-source-if-unmodified-since',
];
const checksumChoice = ['x-amz-checksum-algorithm', 'x-amz-checksum-type'];
const responseOverrides = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];
const listing = ['prefix', 'delimiter', 'encoding-type'];

/**
 * All operations of S3 that the gateway serves. It responds with 501 to everything else: other sub-resources, parameters and
 * `x-amz-` headers.
 * Actions: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export const operations: readonly Operation[] = [
  { name: 'ListBuckets', method: 'GET', level: 'service', action: 's3:ListAllMyBuckets' },

  {
    name: 'CreateBucket',
    method: 'PUT',
    level: 'bucket',
    allowsHeaders: ['x-amz-acl'],
    action: 's3:CreateBucket',
  },
  { name: 'HeadBucket', method: 'HEAD', level: 'bucket', action: 's3:ListBucket' },
  { name: 'DeleteBucket', method: 'DELETE', level: 'bucket', action: 's3:DeleteBucket' },
  {
    name: 'GetBucketLocation',
    method: 'GET',
    level: 'bucket',
    requires: { location: undefined },
    action: 's3:GetBucketLocation',
  },
  {
    name: 'PutBucketVersioning',
    method: 'PUT',
    level: 'bucket',
    requires: { versioning: undefined },
    action: 's3:PutBucketVersioning',
  },
  {
    name: 'GetBucketVersioning',
    method: 'GET',
    level: 'bucket',
    requires: { versioning: undefined },
    action: 's3:GetBucketVersioning',
  },
  {
    name: 'PutBucketNotificationConfiguration',
    method: 'PUT',
    level: 'bucket',
    requires: { notification: undefined },
    allowsHeaders: ['x-amz-skip-destination-validation'],
    action: 's3:PutBucketNotification',
  },
  {
    name: 'GetBucketNotificationConfiguration',
    method: 'GET',
    level: 'bucket',
    requires: { notification: undefined },
    action: 's3:GetBucketNotification',
  },
  {
    name: 'PutBucketCors',
    method: 'PUT',
    level: 'bucket',
    requires: { cors: undefined },
    action: 's3:PutBucketCORS',
  },
  {
    name: 'GetBucketCors',
    method: 'GET',
    level: 'bucket',
    requires: { cors: undefined },
    action: 's3:GetBucketCORS',
  },
  {
    name: 'DeleteBucketCors',
    method: 'DELETE',
    level: 'bucket',
    requires: { cors: undefined },
    action: 's3:PutBucketCORS',
  },
  {
    name: 'ListObjects',
    method: 'GET',
    level: 'bucket',
    allowsQuery: [...listing, 'marker', 'max-keys'],
    action: 's3:ListBucket',
  },
  {
    name: 'ListObjectsV2',
    method: 'GET',
    level: 'bucket',
    requires: { 'list-type': '2' },
    allowsQuery: [...listing, 'start-after', 'continuation-token', 'max-keys', 'fetch-owner'],
    action: 's3:ListBucket',
  },
  {
    name: 'ListObjectVersions',
    method: 'GET',
    level: 'bucket',
    requires: { versions: undefined },
    allowsQuery: [...listing, 'key-marker', 'version-id-marker', 'max-keys'],
    action: 's3:ListBucketVersions',
  },
  {
    name: 'ListMultipartUploads',
    method: 'GET',
    level: 'bucket',
    requires: { uploads: undefined },
    allowsQuery: [...listing, 'key-marker', 'upload-id-marker', 'max-uploads'],
    action: 's3:ListBucketMultipartUploads',
  },
  { name: 'DeleteObjects', method: 'POST', level: 'bucket', requires: { delete: undefined } },

  {
    name: 'PutObject',
    method: 'PUT',
    level: 'object',
    allowsHeaders: objectMetadata,
    action: 's3:PutObject',
  },
  {
    name: 'CopyObject',
    method: 'PUT',
    level: 'object',
    requiresHeader: 'x-amz-copy-source',
    allowsHeaders: [...objectMetadata, ...copySource, 'x-amz-metadata-directive', ...checksumChoice],
    action: 's3:PutObject',
  },
  {
    name: 'GetObject',
    method: 'GET',
    level: 'object',
    allowsQuery: ['versionId', 'partNumber', ...responseOverrides],
    allowsHeaders: ['x-amz-checksum-mode'],
    action: 's3:GetObject',
    versionAction: 's3:GetObjectVersion',
  },
  {
    name: 'HeadObject',
    method: 'HEAD',
    level: 'object',
    allowsQuery: ['versionId', 'partNumber', ...responseOverrides],
    allowsHeaders: ['x-amz-checksum-mode'],
    action: 's3:GetObject',
    versionAction: 's3:GetObjectVersion',
  },
  {
    name: 'DeleteObject',
    method: 'DELETE',
    level: 'object',
    allowsQuery: ['versionId'],
    action: 's3:DeleteObject',
    versionAction: 's3:DeleteObjectVersion',
  },
  {
    name: 'CreateMultipartUpload',
    method: 'POST',
    level: 'object',
    requires: { uploads: undefined },
    allowsHeaders: [...objectMetadata, ...checksumChoice],
    action: 's3:PutObject',
  },
  {
    name: 'UploadPart',
    method: 'PUT',
    level: 'object',
    requires: { uploadId: undefined, partNumber: undefined },
    action: 's3:PutObject',
  },
  {
    name: 'UploadPartCopy',
    method: 'PUT',
    level: 'object',
    requires: { uploadId: undefined, partNumber: undefined },
    requiresHeader: 'x-amz-copy-source',
    allowsHeaders: [...copySource, 'x-amz-copy-source-range'],
    action: 's3:PutObject',
  },
  {
    name: 'CompleteMultipartUpload',
    method: 'POST',
    level: 'object',
    requires: { uploadId: undefined },
    allowsHeaders: ['x-amz-checksum-type', 'x-amz-mp-object-size'],
    action: 's3:PutObject',
  },
  {
    name: 'AbortMultipartUpload',
    method: 'DELETE',
    level: 'object',
    requires: { uploadId: undefined },
    action: 's3:AbortMultipartUpload',
  },
  {
    name: 'ListParts',
    method: 'GET',
    level: 'object',
    requires: { uploadId: undefined },
    allowsQuery: ['max-parts', 'part-number-marker', 'encoding-type'],
    action: 's3:ListMultipartUploadParts',
  },
];
