import { maxKeyBytes } from '@fyrestream/events';
import { decodePercent, type QueryParameter, type RequestTarget } from '../../sigv4/request-target.ts';
import { isKeyTooLong } from '../core/names.ts';
import type { ResourceLevel } from '../operations.ts';
import { S3Error } from '../s3-error.ts';

export interface RequestAddress {
  readonly level: ResourceLevel;
  readonly bucket: string;
  readonly key: string;
}

/**
 * Reads bucket and key of a path-style request. The path is not normalised: `.`, `..` and `//` are part of a key, and `%2F`
 * is a slash like any other.
 */
export function readAddress(target: RequestTarget): RequestAddress {
  const path = decodePercent(target.rawPath);
  if (path === undefined || !path.startsWith('/')) {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.");
  }
  const slash = path.indexOf('/', 1);
  const bucket = slash < 0 ? path.slice(1) : path.slice(1, slash);
  const key = slash < 0 ? '' : path.slice(slash + 1);
  if (bucket === '' && path !== '/') {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.');
  }
  if (isKeyTooLong(key)) {
    throw new S3Error('KeyTooLongError', 'Your key is too long', {
      details: { MaxSizeAllowed: `${maxKeyBytes}` },
    });
  }
  return { level: bucket === '' ? 'service' : key === '' ? 'bucket' : 'object', bucket, key };
}

/** Parameters of the signature of a presigned URL, and `x-id`, which the SDK adds for logs. */
const signatureParameters: ReadonlySet<string> = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-signedheaders',
  'x-amz-signature',
  'x-amz-security-token',
  'x-amz-content-sha256',
  'x-id',
]);

export interface SplitQuery {
  readonly query: ReadonlyMap<string, string>;
  /**
   * `x-amz-…` parameters of a presigned URL replace headers of that name. Checksums do not: the SDK adds the checksum of an
   * empty body, and S3 ignores it.
   * See https://github.com/localstack/localstack/issues/12169
   */
  readonly headers: ReadonlyMap<string, string>;
}

export function splitQuery(parameters: readonly QueryParameter[]): SplitQuery {
  const query = new Map<string, string>();
  const headers = new Map<string, string>();
  for (const [name, value] of parameters) {
    const lower = name.toLowerCase();
    if (signatureParameters.has(lower) || /^x-amz-(sdk-)?checksum-/.test(lower)) continue;
    if (lower.startsWith('x-amz-')) headers.set(lower, value);
    else query.set(name, value);
  }
  return { query, headers };
}
