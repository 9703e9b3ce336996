import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { escapeUri } from '@smithy/core/protocols';
import { createSignatureCalculator, parseAmzDate } from './calculate-signature.ts';
import type { LookupSigningSecret, Principal, SigningSecret } from './principal.ts';
import { decodePercent, parseRequestTarget, type RequestTarget } from './request-target.ts';
import { readSignatureClaim, type SignatureClaim } from './signature-claim.ts';
import type { SignatureFailure, SignatureFailureReason } from './signature-failure.ts';

export interface SignedRequest {
  readonly method: string;
  /** The request target as received: path and query, not decoded. */
  readonly url: string;
  /** With lower-case names, as in node:http. */
  readonly headers: IncomingHttpHeaders;
  /** Hex hash of the whole body, for services that read it before they verify the signature (all except S3). */
  readonly bodySha256?: string;
  readonly nowMillis: number;
}

/** The input for the signatures of the chunks of an aws-chunked body. */
export interface SigningContext {
  /** Hex signature of a string to sign, by the key of the request. */
  readonly sign: (text: string) => Promise<string>;
  readonly seedSignature: string;
  readonly amzDate: string;
  readonly scope: string;
}

export type Verification =
  | {
      readonly verified: true;
      readonly principal: Principal;
      readonly accessKeyId: string;
      readonly presigned: boolean;
      /** The payload hash that was signed: hex, or `UNSIGNED-PAYLOAD` or `STREAMING-…` of S3. */
      readonly payloadHash: string;
      readonly signing: SigningContext;
    }
  | { readonly verified: false; readonly refusal: SignatureFailure };

/** A request whose signature is valid. */
export type Verified = Extract<Verification, { verified: true }>;

/** AWS accepts clocks that differ by this time in either direction. */
const maxClockSkewMillis = 15 * 60 * 1000;

/**
 * Verifies a SigV4 signature in the Authorization header or in a presigned URL.
 * Returns a failure instead of throwing; throws only what `lookupSecret` throws.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
export async function verifyRequest(
  request: SignedRequest,
  lookupSecret: LookupSigningSecret,
): Promise<Verification> {
  const target = parseRequestTarget(request.url);
  if (target === undefined) return refuse('malformed', 'The request target is not valid UTF-8.');
  const claim = readSignatureClaim(request.headers, target.query);
  if ('reason' in claim) return { verified: false, refusal: claim };
  const timing = checkClock(claim, request.nowMillis);
  if (timing !== undefined) return { verified: false, refusal: timing };
  const secret = await lookupSecret(claim.accessKeyId);
  if (secret === undefined) {
    return refuse('unknown-access-key', 'The AWS access key Id you provided does not exist in our records.');
  }
  if (secret.sessionToken !== claim.sessionToken) {
    return refuse('token-mismatch', 'The provided token is malformed or otherwise invalid.');
  }
  return verifySignature(request, target, claim, secret);
}

async function verifySignature(
  request: SignedRequest,
  target: RequestTarget,
  claim: SignatureClaim,
  secret: SigningSecret,
): Promise<Verification> {
  const unsigned = Object.keys(request.headers).find(
    (name) => name.startsWith('x-amz-') && !claim.signedHeaders.includes(name),
  );
  if (unsigned !== undefined) {
    return refuse(
      'header-not-signed',
      `There were headers present in the request which were not signed: ${unsigned}`,
    );
  }
  const payloadHash = signedPayloadHash(request, target, claim);
  if (payloadHash === undefined) {
    return refuse('malformed', 'Missing required header for this request: x-amz-content-sha256');
  }
  // Only S3 accepts a body that is not signed.
  if (request.bodySha256 !== undefined && payloadHash !== request.bodySha256) {
    return refuse('body-mismatch', 'The hash of the body differs from the one that was signed.');
  }
  const calculator = createSignatureCalculator(claim, secret.secretAccessKey);
  const parts = { method: request.method, query: target.query, headers: request.headers, payloadHash };
  const expected = await Promise.all(
    signedPaths(target.rawPath, claim.service).map((path) => calculator.ofRequest({ ...parts, path })),
  );
  const matches = expected.some((signature) =>
    timingSafeEqual(Buffer.from(signature), Buffer.from(claim.signature)),
  );
  if (!matches) {
    return refuse(
      'signature-mismatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    );
  }
  return {
    verified: true,
    principal: secret.principal,
    accessKeyId: claim.accessKeyId,
    presigned: claim.expiresSeconds !== undefined,
    payloadHash,
    signing: {
      sign: calculator.ofText,
      seedSignature: claim.signature,
      amzDate: claim.amzDate,
      scope: claim.scope,
    },
  };
}

function checkClock(claim: SignatureClaim, nowMillis: number): SignatureFailure | undefined {
  const signedMillis = parseAmzDate(claim.amzDate).getTime();
  if (Number.isNaN(signedMillis)) return { reason: 'malformed', message: 'x-amz-date is not a date.' };
  const ageMillis = nowMillis - signedMillis;
  if (claim.expiresSeconds === undefined) {
    return Math.abs(ageMillis) > maxClockSkewMillis
      ? {
          reason: 'clock-skewed',
          message: 'The difference between the request time and the current time is too large.',
        }
      : undefined;
  }
  if (-ageMillis > maxClockSkewMillis) {
    return { reason: 'not-yet-valid', message: 'Request is not valid yet' };
  }
  return ageMillis > claim.expiresSeconds * 1000
    ? { reason: 'expired', message: 'Request has expired' }
    : undefined;
}

function signedPayloadHash(
  request: SignedRequest,
  target: RequestTarget,
  claim: SignatureClaim,
): string | undefined {
  const header = request.headers['x-amz-content-sha256'];
  if (typeof header === 'string') return header;
  if (claim.service !== 's3') return request.bodySha256 ?? createHash('sha256').digest('hex');
  if (claim.expiresSeconds === undefined) return undefined;
  return new Map(target.query).get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
}

/**
 * S3 signs the path encoded once. Clients that do not encode a character that S3 would encode sign either
 * form, so both are tried. Every other service signs the path as sent, encoded again.
 */
function signedPaths(rawPath: string, service: string): string[] {
  if (service !== 's3') return [rawPath];
  const encodedOnce = decodePercent(rawPath)?.split('/').map(escapeUri).join('/');
  return encodedOnce === undefined || encodedOnce === rawPath ? [rawPath] : [rawPath, encodedOnce];
}

function refuse(reason: SignatureFailureReason, message: string): Verification {
  return { verified: false, refusal: { reason, message } };
}
