import type { IncomingHttpHeaders } from 'node:http';
import { encodePercent, type QueryParameter } from './request-target.ts';

export interface CanonicalParts {
  readonly method: string;
  /** Already in the form that is signed. */
  readonly canonicalPath: string;
  readonly query: readonly QueryParameter[];
  readonly headers: IncomingHttpHeaders;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

/**
 * The text whose hash is signed.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(parts: CanonicalParts): string {
  return [
    parts.method,
    parts.canonicalPath,
    canonicalQuery(parts.query),
    ...parts.signedHeaders.map((name) => `${name}:${canonicalHeaderValue(parts.headers[name])}`),
    '',
    parts.signedHeaders.join(';'),
    parts.payloadHash,
  ].join('\n');
}

function canonicalQuery(query: readonly QueryParameter[]): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodePercent(name), encodePercent(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalHeaderValue(value: string | string[] | undefined): string {
  const values = Array.isArray(value) ? value : [value ?? ''];
  return values.map((one) => one.trim().replace(/ +/g, ' ')).join(',');
}

/** Percent-encoded text is ASCII: code units and bytes sort alike. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
