import type { IncomingHttpHeaders } from 'node:http';
import { isForeignRequest } from '../../foreign-request.ts';
import { type MeasureFreeSpace, reservedBytes } from '../../free-space.ts';
import type { LookupSigningSecret, Principal } from '../../sigv4/principal.ts';
import { parseRequestTarget } from '../../sigv4/request-target.ts';
import { type Verified, verifyRequest } from '../../sigv4/verify-request.ts';
import type { Bucket } from '../disk/bucket.ts';
import type { HandlerContext } from '../handlers/handler.ts';
import { bucketHandlers, serviceHandlers } from '../handlers/handlers.ts';
import { matchOperation } from '../match-operation.ts';
import type { Operation } from '../operations.ts';
import { S3Error } from '../s3-error.ts';
import { malformedXmlError, maxDocumentBytes } from '../xml/read-xml.ts';
import { accessDenied, signatureError } from './access-errors.ts';
import { handlePreflight } from './preflight.ts';
import { receiveBody } from './receive-body.ts';
import { type RequestAddress, readAddress, splitQuery } from './request-address.ts';
import { bucketArn, objectArn, type S3Request, type S3Response } from './s3-request.ts';

export interface S3Call {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
}

export interface RequestContext extends HandlerContext {
  readonly dataDirectory: string;
  readonly lookupSecret: LookupSigningSecret;
  readonly authorise: (principal: Principal, action: string, resourceArn: string) => boolean;
  readonly onCall: (call: S3Call) => void;
  readonly freeSpace: MeasureFreeSpace;
}

/** A request, independent of the HTTP library. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string;
  readonly requestId: string;
  readonly readBody: () => AsyncIterable<Buffer>;
}

/**
 * Verifies the signature, finds the operation, checks the permission and the bucket, and runs the handler of the operation.
 * Throws S3Error for every request that is refused.
 */
export async function handleRequest(context: RequestContext, raw: RawRequest): Promise<S3Response> {
  if (isForeignRequest(raw.headers, true)) throw new S3Error('AccessDenied', 'The Host is not this machine.');
  const target = parseRequestTarget(raw.url);
  if (target === undefined) throw new S3Error('InvalidURI', "Couldn't parse the specified URI.");
  const address = readAddress(target);
  const bucket = context.storage.buckets.get(address.bucket);
  const { query, headers: hoisted } = splitQuery(target.query);
  const header = (name: string) => hoisted.get(name) ?? single(raw.headers[name]);
  if (raw.method === 'OPTIONS') return handlePreflight(bucket, header);

  const nowMillis = context.storage.nowMillis();
  const verification = await verifyRequest({ ...raw, nowMillis }, context.lookupSecret);
  if (!verification.verified) throw signatureError(verification.refusal, nowMillis);
  requireScope(verification, context.region);
  const { principal } = verification;
  const headerNames = [...new Set([...Object.keys(raw.headers), ...hoisted.keys()])];
  const operation = matchOperation({ method: raw.method, level: address.level, query, headerNames });
  const permit = createPermit(context, principal);
  const action = query.has('versionId') ? (operation.versionAction ?? operation.action) : operation.action;
  if (action !== undefined) permit(action, resourceArn(operation, address));

  if (storingOperations.has(operation.name)) await requireFreeSpace(context);
  const origin = {
    region: context.region,
    principalId: principal.principalId,
    sourceIpAddress: raw.remoteAddress,
    requestId: raw.requestId,
  };
  const receive = () => receiveBody(raw.readBody(), header, verification);
  const request: S3Request = {
    ...address,
    query,
    header,
    headerNames,
    origin,
    permit,
    receiveBody: receive,
    readDocument: () => readDocument(receive),
  };
  try {
    return await dispatch(context, operation, request, bucket);
  } catch (error) {
    throw hideMissingObject(error, context, principal, address);
  }
}

const storingOperations: ReadonlySet<Operation['name']> = new Set([
  'PutObject',
  'CopyObject',
  'UploadPart',
  'UploadPartCopy',
  'CompleteMultipartUpload',
]);

/** Before the body is read. Clients repeat the call later. */
async function requireFreeSpace({ dataDirectory, freeSpace }: RequestContext): Promise<void> {
  if ((await freeSpace(dataDirectory)) >= reservedBytes.objects) return;
  throw new S3Error('ServiceUnavailable', 'The disk of the local cloud is full.');
}

/** A signature for another service or region is valid only there. */
function requireScope({ signing }: Verified, expected: string): void {
  const [, region, service] = signing.scope.split('/');
  if (service !== 's3') {
    throw new S3Error(
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; incorrect service "${service}". This endpoint belongs to "s3".`,
    );
  }
  if (region === expected) return;
  throw new S3Error(
    'AuthorizationHeaderMalformed',
    `The authorization header is malformed; the region '${region}' is wrong; expecting '${expected}'`,
    { details: { Region: expected } },
  );
}

function dispatch(
  context: RequestContext,
  { name }: Operation,
  request: S3Request,
  bucket: Bucket | undefined,
): Promise<S3Response> {
  if (name === 'ListBuckets' || name === 'CreateBucket') return serviceHandlers[name](context, request);
  if (bucket === undefined) {
    throw new S3Error('NoSuchBucket', 'The specified bucket does not exist', {
      details: { BucketName: request.bucket },
    });
  }
  return bucketHandlers[name](context, request, bucket);
}

function createPermit(context: RequestContext, principal: Principal) {
  return (action: string, resource: string) => {
    const allowed = context.authorise(principal, action, resource);
    context.onCall({ principal, action, resource, allowed });
    if (!allowed) throw accessDenied(principal.arn, action, resource);
  };
}

/**
 * Only a principal with s3:ListBucket gets a 404 for a missing key; others get a 403. This check is not a call of the
 * principal, so it is not recorded.
 */
function hideMissingObject(
  error: unknown,
  context: RequestContext,
  principal: Principal,
  { bucket }: RequestAddress,
): unknown {
  if (!(error instanceof S3Error) || (error.code !== 'NoSuchKey' && error.code !== 'NoSuchVersion'))
    return error;
  if (context.authorise(principal, 's3:ListBucket', bucketArn(bucket))) return error;
  return accessDenied(principal.arn, 's3:ListBucket', bucketArn(bucket));
}

function resourceArn({ level }: Operation, { bucket, key }: RequestAddress): string {
  if (level === 'object') return objectArn(bucket, key);
  return level === 'bucket' ? bucketArn(bucket) : 'arn:aws:s3:::*';
}

async function readDocument(receive: () => ReturnType<typeof receiveBody>): Promise<string> {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of receive().pieces) {
    sizeBytes += piece.length;
    if (sizeBytes > maxDocumentBytes) throw malformedXmlError();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
