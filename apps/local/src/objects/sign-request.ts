import { createHash } from 'node:crypto';
import { region } from '../arn.ts';
import type { AccessKey } from '../principals/access-keys.ts';
import { canonicalRequest } from '../sigv4/canonical-request.ts';
import { parseRequestTarget } from '../sigv4/request-target.ts';
import { sha256Hex, signingKey, signText } from '../sigv4/signing-key.ts';

export interface S3Request {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
}

/** The headers that sign a request to S3. @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
export function signRequest(
  request: S3Request,
  key: AccessKey,
  nowMilliseconds: number,
): Record<string, string> {
  const amzDate = new Date(nowMilliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const payloadHash = createHash('sha256').update(request.body).digest('hex');
  const scope = `${amzDate.slice(0, 8)}/${region}/s3/aws4_request`;
  const headers = { host: request.url.host, 'x-amz-content-sha256': payloadHash, 'x-amz-date': amzDate };
  const signedHeaders = Object.keys(headers);
  const canonical = canonicalRequest({
    method: request.method,
    canonicalPath: request.url.pathname,
    query: parseRequestTarget(`/${request.url.search}`)?.query ?? [],
    headers,
    signedHeaders,
    payloadHash,
  });
  const text = ['AWS4-HMAC-SHA256', amzDate, scope, sha256Hex(canonical)].join('\n');
  const signature = signText(signingKey(key.secretAccessKey, scope), text);
  return {
    'x-amz-content-sha256': payloadHash,
    'x-amz-date': amzDate,
    authorization: `AWS4-HMAC-SHA256 Credential=${key.accessKeyId}/${scope},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`,
  };
}
