import { quoteETag } from '../core/e-tag.ts';
import { encodeFormKey } from '../core/form-encoded-key.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import type { S3Request } from '../http/s3-request.ts';
import { S3Error } from '../s3-error.ts';

const maxPageKeys = 1000;

/** The parameters of all lists; `encode` encodes the keys in the response. */
export interface ListParameters {
  readonly prefix: string;
  readonly delimiter: string;
  readonly encodingType: string | undefined;
  readonly encode: (text: string) => string;
}

/** The XML element of one version, without its version id. */
export function listedObjectElement(version: ObjectVersion, encode: (text: string) => string) {
  return {
    Key: encode(version.key),
    LastModified: new Date(version.lastModifiedMillis).toISOString(),
    ETag: quoteETag(version.eTag),
    Size: version.sizeBytes,
    StorageClass: 'STANDARD',
  };
}

export function readListParameters({ query }: S3Request): ListParameters {
  const encodingType = query.get('encoding-type');
  if (encodingType !== undefined && encodingType !== 'url') {
    throw new S3Error('InvalidArgument', 'Invalid Encoding Method specified in Request');
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    encodingType,
    encode: encodingType === 'url' ? encodeFormKey : (text: string) => text,
  };
}

/** A page has at most 1000 entries. */
export function pageSize({ query }: S3Request, parameter: string): number {
  const text = query.get(parameter);
  if (text === undefined || text === '') return maxPageKeys;
  if (!/^\d{1,10}$/.test(text)) {
    throw new S3Error('InvalidArgument', `Provided ${parameter} not an integer or within integer range`, {
      details: { ArgumentName: parameter, ArgumentValue: text },
    });
  }
  return Math.min(Number(text), maxPageKeys);
}
