import { listVersions } from '../core/list-versions.ts';
import { S3Error } from '../s3-error.ts';
import type { BucketHandler } from './handler.ts';
import { listedObjectElement, pageSize, readListParameters } from './listing.ts';
import { xmlResponse } from './xml-response.ts';

export const listObjectVersions: BucketHandler = async (_context, request, bucket) => {
  const { query } = request;
  const maxKeys = pageSize(request, 'max-keys');
  const keyMarker = query.get('key-marker') ?? '';
  const versionIdMarker = query.get('version-id-marker') ?? '';
  if (versionIdMarker !== '' && keyMarker === '') {
    throw new S3Error('InvalidArgument', 'A version-id marker cannot be specified without a key marker.');
  }
  const { prefix, delimiter, encode, encodingType } = readListParameters(request);
  const page = listVersions(bucket.index, { prefix, delimiter, keyMarker, versionIdMarker, maxKeys });
  const described = page.versions.map(({ version, isLatest }) => {
    const element = {
      ...listedObjectElement(version, encode),
      VersionId: version.versionId,
      IsLatest: isLatest,
    };
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
