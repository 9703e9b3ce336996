import { encodePercent } from '../../sigv4/request-target.ts';
import { quoteETag } from '../core/e-tag.ts';
import { compareKeys } from '../core/key-order.ts';
import { listObjects } from '../core/list-objects.ts';
import { listVersions } from '../core/list-versions.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import type { Upload } from '../disk/bucket.ts';
import type { S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';
import type { BucketHandler } from './handler.ts';
import { xmlResponse } from './xml-response.ts';

const greatestPage = 1000;

export const listObjectsV2: BucketHandler = async (_context, request, bucket) => {
  const { query } = request;
  const maxKeys = pageSize(request, 'max-keys');
  const continuationToken = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const { prefix, delimiter, encode, encodingType } = readListing(request);
  const page = listObjects(bucket.index, { prefix, delimiter, startAfter, continuationToken, maxKeys });
  if (page === undefined)
    throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect');
  const owner = query.get('fetch-owner') === 'true' ? { ID: 'local' } : undefined;
  return xmlResponse('ListBucketResult', {
    Name: bucket.configuration.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: maxKeys,
    EncodingType: encodingType,
    KeyCount: page.objects.length + page.commonPrefixes.length,
    IsTruncated: page.nextToken !== undefined,
    ContinuationToken: continuationToken,
    NextContinuationToken: page.nextToken,
    StartAfter: startAfter === '' ? undefined : encode(startAfter),
    Contents: page.objects.map((object) => ({ ...describe(object, encode), Owner: owner })),
    CommonPrefixes: page.commonPrefixes.map((one) => ({ Prefix: encode(one) })),
  });
};

export const listObjectVersions: BucketHandler = async (_context, request, bucket) => {
  const { query } = request;
  const maxKeys = pageSize(request, 'max-keys');
  const keyMarker = query.get('key-marker') ?? '';
  const versionIdMarker = query.get('version-id-marker') ?? '';
  if (versionIdMarker !== '' && keyMarker === '') {
    throw new S3Error('InvalidArgument', 'A version-id marker cannot be specified without a key marker.');
  }
  const { prefix, delimiter, encode, encodingType } = readListing(request);
  const page = listVersions(bucket.index, { prefix, delimiter, keyMarker, versionIdMarker, maxKeys });
  const described = page.versions.map(({ version, isLatest }) => {
    const element = { ...describe(version, encode), VersionId: version.versionId, IsLatest: isLatest };
    return { version, element: { ...element, Owner: { ID: 'local' } } };
  });
  return xmlResponse('ListVersionsResult', {
    Name: bucket.configuration.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: versionIdMarker,
    MaxKeys: maxKeys,
    EncodingType: encodingType,
    IsTruncated: page.next !== undefined,
    NextKeyMarker: page.next && encode(page.next.keyMarker),
    NextVersionIdMarker: page.next?.versionIdMarker || undefined,
    Version: described.filter(({ version }) => version.kind === 'object').map(({ element }) => element),
    DeleteMarker: described
      .filter(({ version }) => version.kind === 'delete-marker')
      .map(({ element: { ETag: _eTag, Size: _size, StorageClass: _class, ...marker } }) => marker),
    CommonPrefixes: page.commonPrefixes.map((one) => ({ Prefix: encode(one) })),
  });
};

export const listMultipartUploads: BucketHandler = async (_context, request, bucket) => {
  const { query } = request;
  const maxUploads = pageSize(request, 'max-uploads');
  const keyMarker = query.get('key-marker') ?? '';
  const uploadIdMarker = query.get('upload-id-marker') ?? '';
  const { prefix, delimiter, encode, encodingType } = readListing(request);
  if (delimiter !== '') throw new S3Error('NotImplemented', 'Uploads are not grouped by a delimiter here.');
  const isBehind = ({ record }: Upload) => {
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

function describe(version: ObjectVersion, encode: (text: string) => string) {
  return {
    Key: encode(version.key),
    LastModified: new Date(version.lastModifiedMillis).toISOString(),
    ETag: quoteETag(version.eTag),
    Size: version.sizeBytes,
    StorageClass: 'STANDARD',
  };
}

function readListing({ query }: S3Request) {
  const encodingType = query.get('encoding-type');
  if (encodingType !== undefined && encodingType !== 'url') {
    throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request');
  }
  const encodeUrl = (text: string) => encodePercent(text).replaceAll('%2F', '/');
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    encodingType,
    encode: encodingType === 'url' ? encodeUrl : (text: string) => text,
  };
}

/** A page has at most 1000 entries, whatever is asked for. */
export function pageSize({ query }: S3Request, parameter: string): number {
  const text = query.get(parameter);
  if (text === undefined || text === '') return greatestPage;
  if (!/^\d{1,10}$/.test(text)) {
    throw new S3Error('InvalidArgument', `Provided ${parameter} not an integer or within integer range`, {
      details: { ArgumentName: parameter, ArgumentValue: text },
    });
  }
  return Math.min(Number(text), greatestPage);
}
