import { createHash } from 'node:crypto';
import { createChunkVerifier } from '../../sigv4/chunk-verifier.ts';
import type { Verified } from '../../sigv4/verify-request.ts';
import { type ChecksumAlgorithm, checksumAlgorithms, checksumHeader } from '../core/checksum.ts';
import { createChecksum } from '../core/create-checksum.ts';
import { multipartLimits } from '../core/multipart.ts';
import { S3Error } from '../s3-error.ts';
import { decodeAwsChunked } from './decode-aws-chunked.ts';

export interface ReceivedBody {
  /** Ends normally only if length, hashes and signatures match. */
  readonly pieces: AsyncIterable<Buffer>;
  /** Available after `pieces` has ended. */
  readonly digests: () => BodyDigests;
}

export interface BodyDigests {
  readonly md5Hex: string;
  /** The checksum that the client sent, verified. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
}

type HeaderLookup = (name: string) => string | undefined;

/**
 * Streams the body of a put and verifies it: Content-MD5, the signed SHA-256, checksums in headers or trailers, chunk
 * signatures and the length. Throws S3Error at the end where one does not match.
 */
export function receiveBody(
  raw: AsyncIterable<Buffer>,
  header: HeaderLookup,
  verified: Verified,
): ReceivedBody {
  const isChunked = verified.payloadHash.startsWith('STREAMING-');
  const lengthBytes = declaredLength(header, isChunked);
  const expectedMd5 = declaredMd5(header);
  const algorithm = declaredAlgorithm(header);
  let trailers: ReadonlyMap<string, string> = new Map();
  const content = isChunked
    ? decodeAwsChunked(raw, chunkVerifier(verified), (received) => {
        trailers = received;
      })
    : raw;
  let digests: BodyDigests | undefined;

  return {
    pieces: verify(),
    digests: () => {
      if (digests === undefined) throw new S3Error('InternalError', 'The body was not read to its end.');
      return digests;
    },
  };

  async function* verify() {
    const md5 = createHash('md5');
    const sha256 = /^[0-9a-f]{64}$/.test(verified.payloadHash) ? createHash('sha256') : undefined;
    const running = algorithm && createChecksum(algorithm);
    let receivedBytes = 0;
    for await (const piece of content) {
      receivedBytes += piece.length;
      if (receivedBytes > lengthBytes) break;
      md5.update(piece);
      sha256?.update(piece);
      running?.update(piece);
      yield piece;
    }
    if (receivedBytes !== lengthBytes) {
      throw new S3Error('IncompleteBody', `The body does not have the declared ${lengthBytes} bytes.`);
    }
    if (sha256 !== undefined && sha256.digest('hex') !== verified.payloadHash) {
      throw new S3Error(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    }
    const md5Hex = md5.digest('hex');
    if (expectedMd5 !== undefined && expectedMd5 !== md5Hex) {
      throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
    }
    const checksum = algorithm && { algorithm, value: (await running?.base64()) ?? '' };
    if (checksum !== undefined) requireMatch(checksum, header, trailers);
    digests = { md5Hex, checksum };
  }
}

function declaredLength(header: HeaderLookup, isChunked: boolean): number {
  const text = header(isChunked ? 'x-amz-decoded-content-length' : 'content-length');
  if (text === undefined && header('transfer-encoding') === undefined && !isChunked) return 0;
  if (text === undefined || !/^\d{1,15}$/.test(text)) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  const lengthBytes = Number(text);
  if (lengthBytes > multipartLimits.maxPartBytes) {
    throw new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  return lengthBytes;
}

function declaredMd5(header: HeaderLookup): string | undefined {
  const text = header('content-md5');
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 16) throw new S3Error('InvalidDigest', 'The Content-MD5 you specified is not valid.');
  return bytes.toString('hex');
}

function declaredAlgorithm(header: HeaderLookup): ChecksumAlgorithm | undefined {
  const trailer = header('x-amz-trailer')?.trim().toLowerCase();
  const declared = checksumAlgorithms.filter((algorithm) => {
    const name = checksumHeader(algorithm);
    return header(name) !== undefined || trailer === name;
  });
  if (declared.length > 1) {
    throw new S3Error('InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple were sent.');
  }
  if (trailer !== undefined && declared.length === 0) {
    throw new S3Error('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported');
  }
  return declared[0];
}

function requireMatch(
  computed: { readonly algorithm: ChecksumAlgorithm; readonly value: string },
  header: HeaderLookup,
  trailers: ReadonlyMap<string, string>,
) {
  const name = checksumHeader(computed.algorithm);
  const expected = header(name) ?? trailers.get(name);
  if (expected === computed.value) return;
  throw new S3Error(
    'BadDigest',
    `The ${computed.algorithm} you specified did not match the calculated checksum.`,
  );
}

/** Chunks of `UNSIGNED-PAYLOAD-TRAILER` have no signatures. */
function chunkVerifier(verified: Verified) {
  switch (verified.payloadHash) {
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return undefined;
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return createChunkVerifier(verified.signing);
    default:
      throw new S3Error('NotImplemented', `${verified.payloadHash} is not implemented.`);
  }
}
