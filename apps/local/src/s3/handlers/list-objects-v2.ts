import { decodeToken, encodeToken } from '../core/continuation-token.ts';
import { listObjects } from '../core/list-objects.ts';
import { S3Error } from '../s3-error.ts';
import type { BucketHandler } from './handler.ts';
import { listedObjectElement, pageSize, readListParameters } from './listing.ts';
import { xmlResponse } from './xml-response.ts';

export const listObjectsV2: BucketHandler = async (_context, request, bucket) => {
  const { query } = request;
  const maxKeys = pageSize(request, 'max-keys');
  const continuationToken = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const { prefix, delimiter, encode, encodingType } = readListParameters(request);
  const after = continuationToken === undefined ? { key: startAfter } : decodeToken(continuationToken);
  if (after === undefined)
    throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect');
  const page = listObjects(bucket.index, { prefix, delimiter, after, maxKeys });
  const owner = query.get('fetch-owner') === 'true' ? { ID: 'local' } : undefined;
  return xmlResponse('ListBucketResult', {
    Name: bucket.configuration.name,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: maxKeys,
    EncodingType: encodingType,
    KeyCount: page.objects.length + page.commonPrefixes.length,
    IsTruncated: page.next !== undefined,
    ContinuationToken: continuationToken,
    NextContinuationToken: page.next && encodeToken(page.next),
    StartAfter: startAfter === '' ? undefined : encode(startAfter),
    Contents: page.objects.map((object) => ({ ...listedObjectElement(object, encode), Owner: owner })),
    CommonPrefixes: page.commonPrefixes.map((one) => ({ Prefix: encode(one) })),
  });
};
