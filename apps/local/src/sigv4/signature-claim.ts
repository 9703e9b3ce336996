import type { IncomingHttpHeaders } from 'node:http';
import type { QueryParameter } from './request-target.ts';
import type { SignatureFailure } from './signature-failure.ts';

/** The signature of a request and the parameters that it was created with. None of them is verified yet. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `20130524/us-east-1/s3/aws4_request` */
  readonly scope: string;
  readonly service: string;
  /** `20130524T000000Z` */
  readonly amzDate: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken: string | undefined;
  /** Set for presigned URLs only. */
  readonly expiresSeconds: number | undefined;
}

const algorithm = 'AWS4-HMAC-SHA256';
/** Seven days: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
const maxExpirySeconds = 604_800;

/** Parses the signature in the Authorization header, or in the query of a presigned URL. */
export function readSignatureClaim(
  headers: IncomingHttpHeaders,
  query: readonly QueryParameter[],
): SignatureClaim | SignatureFailure {
  const parameters = new Map(query);
  if (headers.authorization !== undefined) return readHeader(headers.authorization, headers);
  if (parameters.has('X-Amz-Signature')) return readQuery(parameters);
  return { reason: 'unsigned', message: 'The request carries no signature.' };
}

function readHeader(authorization: string, headers: IncomingHttpHeaders): SignatureClaim | SignatureFailure {
  if (!authorization.startsWith(`${algorithm} `)) {
    return malformed('The authorization mechanism you have provided is not supported. Use AWS4-HMAC-SHA256.');
  }
  const fields = new Map<string, string>();
  for (const field of authorization.slice(algorithm.length + 1).split(',')) {
    const [name = '', ...value] = field.trim().split('=');
    fields.set(name, value.join('='));
  }
  return assemble({
    credential: fields.get('Credential'),
    amzDate: single(headers['x-amz-date']),
    signedHeaders: fields.get('SignedHeaders'),
    signature: fields.get('Signature'),
    sessionToken: single(headers['x-amz-security-token']),
    expiresSeconds: undefined,
  });
}

function readQuery(parameters: ReadonlyMap<string, string>): SignatureClaim | SignatureFailure {
  if (parameters.get('X-Amz-Algorithm') !== algorithm) {
    return malformed('X-Amz-Algorithm only supports AWS4-HMAC-SHA256.');
  }
  const expiresSeconds = Number(parameters.get('X-Amz-Expires') ?? Number.NaN);
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > maxExpirySeconds) {
    return malformed(`X-Amz-Expires must be a whole number of seconds from 1 to ${maxExpirySeconds}.`);
  }
  return assemble({
    credential: parameters.get('X-Amz-Credential'),
    amzDate: parameters.get('X-Amz-Date'),
    signedHeaders: parameters.get('X-Amz-SignedHeaders'),
    signature: parameters.get('X-Amz-Signature'),
    sessionToken: parameters.get('X-Amz-Security-Token'),
    expiresSeconds,
  });
}

function assemble(parts: {
  credential: string | undefined;
  amzDate: string | undefined;
  signedHeaders: string | undefined;
  signature: string | undefined;
  sessionToken: string | undefined;
  expiresSeconds: number | undefined;
}): SignatureClaim | SignatureFailure {
  const { credential, amzDate, signedHeaders, signature, sessionToken, expiresSeconds } = parts;
  const match = /^(.+)\/((\d{8})\/[^/]+\/([^/]+)\/aws4_request)$/.exec(credential ?? '');
  if (!match) return malformed('The credential must be KEY/DATE/REGION/SERVICE/aws4_request.');
  if (amzDate === undefined || !/^\d{8}T\d{6}Z$/.test(amzDate) || !amzDate.startsWith(match[3] ?? '')) {
    return malformed('x-amz-date must have the format 20130524T000000Z and the date of the credential.');
  }
  const names = (signedHeaders ?? '').split(';').map((name) => name.toLowerCase());
  if (!names.includes('host')) return malformed('SignedHeaders must contain host.');
  if (signature === undefined || !/^[0-9a-f]{64}$/.test(signature)) {
    return malformed('The signature must be 64 hexadecimal digits.');
  }
  return {
    accessKeyId: match[1] ?? '',
    scope: match[2] ?? '',
    service: match[4] ?? '',
    amzDate,
    signedHeaders: names,
    signature,
    sessionToken,
    expiresSeconds,
  };
}

function malformed(message: string): SignatureFailure {
  return { reason: 'malformed', message };
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
