import type { IncomingHttpHeaders } from 'node:http';
import { Sha256 } from '@smithy/core/checksum';
import { ALGORITHM_IDENTIFIER, getCanonicalHeaders, SignatureV4 } from '@smithy/signature-v4';
import type { QueryParameter } from './request-target.ts';
import type { SignatureClaim } from './signature-claim.ts';

/** The parts of a request that a signature covers. */
export interface SignedParts {
  readonly method: string;
  /** For S3 in the form that is signed; for every other service as sent, because it is encoded again. */
  readonly path: string;
  readonly query: readonly QueryParameter[];
  readonly headers: IncomingHttpHeaders;
  readonly payloadHash: string;
}

export interface SignatureCalculator {
  /** Hex signature of a request. */
  readonly ofRequest: (parts: SignedParts) => Promise<string>;
  /** Hex signature of a string to sign, for example of a chunk. */
  readonly ofText: (text: string) => Promise<string>;
}

type Claim = Pick<SignatureClaim, 'accessKeyId' | 'scope' | 'amzDate' | 'signedHeaders'>;

/**
 * Calculates the signatures that the owner of `secretAccessKey` would send with this claim.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function createSignatureCalculator(claim: Claim, secretAccessKey: string): SignatureCalculator {
  const [, region = '', service = ''] = claim.scope.split('/');
  const signer = new ClaimSigner({
    service,
    region,
    credentials: { accessKeyId: claim.accessKeyId, secretAccessKey },
    sha256: Sha256,
    uriEscapePath: service !== 's3',
  });
  const signingDate = parseAmzDate(claim.amzDate);
  const ofText = (text: string) => signer.sign(text, { signingDate });
  return {
    ofText,
    ofRequest: async (parts) => ofText(await signer.stringToSign(parts, claim)),
  };
}

/** `20130524T000000Z` as a date; the date is invalid where the text names none. */
export function parseAmzDate(amzDate: string): Date {
  return new Date(amzDate.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/** `signRequest` of the base class always removes `date` and replaces `x-amz-date`; a client may have signed either. */
class ClaimSigner extends SignatureV4 {
  stringToSign(parts: SignedParts, { signedHeaders, amzDate, scope }: Claim): Promise<string> {
    const request = {
      method: parts.method,
      protocol: 'http:',
      hostname: '',
      path: asUtf8(parts.path),
      query: groupByName(parts.query),
      headers: Object.fromEntries(signedHeaders.map((name) => [name, headerText(parts.headers[name])])),
    };
    const headers = getCanonicalHeaders(request, undefined, new Set(signedHeaders));
    const canonical = this.createCanonicalRequest(request, headers, parts.payloadHash);
    return this.createStringToSign(amzDate, scope, canonical, ALGORITHM_IDENTIFIER);
  }
}

function groupByName(query: readonly QueryParameter[]): Record<string, string[]> {
  const groups: Record<string, string[]> = Object.create(null);
  for (const [name, value] of query) groups[name] = [...(groups[name] ?? []), value];
  return groups;
}

function headerText(value: string | string[] | undefined): string {
  return asUtf8(Array.isArray(value) ? value.map((one) => one.trim()).join(',') : (value ?? ''));
}

/** Node decodes the bytes of a request's head as latin1; clients sign them as UTF-8. */
function asUtf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
