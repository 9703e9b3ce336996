import { type ListPosition, listObjects } from '../core/list-objects.ts';
import type { BucketHandler } from './handler.ts';
import { listedObjectElement, pageSize, readListParameters } from './listing.ts';
import { xmlResponse } from './xml-response.ts';

/**
 * Version 1 of the list, by which s3cmd and rclone sync. A page starts after a key or a common prefix: the marker.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html
 */
export const listObjectsV1: BucketHandler = async (_context, request, bucket) => {
  const maxKeys = pageSize(request, 'max-keys');
  const marker = request.query.get('marker') ?? '';
  const { prefix, delimiter, encode, encodingType } = readListParameters(request);
  const isCommonPrefix = delimiter !== '' && marker.startsWith(prefix) && marker.endsWith(delimiter);
  const after: ListPosition = isCommonPrefix ? { prefix: marker } : { key: marker };
  const { objects, commonPrefixes, next } = listObjects(bucket.index, { prefix, delimiter, after, maxKeys });
  return xmlResponse('ListBucketResult', {
    Name: bucket.configuration.name,
    Prefix: encode(prefix),
    Marker: encode(marker),
    // Without a delimiter the last key is the next marker.
    NextMarker: next && delimiter !== '' ? encode('key' in next ? next.key : next.prefix) : undefined,
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: maxKeys,
    EncodingType: encodingType,
    IsTruncated: next !== undefined,
    Contents: objects.map((object) => ({ ...listedObjectElement(object, encode), Owner: { ID: 'local' } })),
    CommonPrefixes: commonPrefixes.map((one) => ({ Prefix: encode(one) })),
  });
};
