import { crossOriginHeaders } from '../core/cross-origin-rule.ts';
import type { Bucket } from '../disk/bucket.ts';
import { S3Error } from '../s3-error.ts';
import type { S3Response } from './s3-request.ts';

type HeaderLookup = (name: string) => string | undefined;

/** Handles the CORS preflight of a browser, which needs no signature. */
export function handlePreflight(bucket: Bucket | undefined, header: HeaderLookup): S3Response {
  const origin = header('origin');
  const method = header('access-control-request-method');
  if (origin === undefined || method === undefined) {
    throw new S3Error('InvalidRequest', 'Insufficient information. Origin request header needed.');
  }
  const requestHeaders = (header('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const rules = bucket?.configuration.crossOriginRules ?? [];
  const headers = crossOriginHeaders(rules, { origin, method, requestHeaders });
  if (headers === undefined) {
    throw new S3Error(
      'AccessForbidden',
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
      { details: { Method: method, ResourceType: 'OBJECT' } },
    );
  }
  return { status: 200, headers };
}

/** The CORS headers of the response to the request itself. */
export function crossOriginResponseHeaders(
  bucket: Bucket | undefined,
  method: string,
  header: HeaderLookup,
): Record<string, string> {
  const origin = header('origin');
  if (origin === undefined || bucket === undefined) return {};
  const rules = bucket.configuration.crossOriginRules;
  return crossOriginHeaders(rules, { origin, method, requestHeaders: [] }) ?? {};
}
