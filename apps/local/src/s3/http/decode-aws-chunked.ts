import { createHash } from 'node:crypto';
import type { ChunkVerifier } from '../../sigv4/chunk-verifier.ts';
import { S3Error } from '../s3-error.ts';

/** The max length of a line between chunks: a size with its signature, or a trailer. */
const maxLineBytes = 4096;

/**
 * Decodes the data of an aws-chunked body in pieces, and passes its trailers to `onTrailers` at the end.
 * With a verifier, the signatures of all chunks and of the trailers are verified.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  verifier: ChunkVerifier | undefined,
  onTrailers: (trailers: ReadonlyMap<string, string>) => void,
): AsyncGenerator<Buffer> {
  const reader = createReader(source);
  for (;;) {
    const header = /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(await reader.line());
    if (!header) throw malformedBody('a chunk does not start with its size');
    let remainingBytes = Number.parseInt(header[1] ?? '', 16);
    const isLast = remainingBytes === 0;
    const hash = verifier && createHash('sha256');
    while (remainingBytes > 0) {
      const piece = await reader.piece(remainingBytes);
      remainingBytes -= piece.length;
      hash?.update(piece);
      yield piece;
    }
    if (verifier && hash && !(await verifier.verifyChunk(hash.digest('hex'), header[2] ?? '')))
      throw wrongSignature();
    if (isLast) break;
    if ((await reader.line()) !== '') throw malformedBody('a chunk is longer than its size');
  }
  onTrailers(await readTrailers(reader, verifier));
}

async function readTrailers(reader: Reader, verifier: ChunkVerifier | undefined) {
  const trailers = new Map<string, string>();
  let signature: string | undefined;
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'x-amz-trailer-signature') signature = value;
    else trailers.set(name, value);
  }
  if (verifier !== undefined && trailers.size > 0) {
    const text = Array.from(trailers, ([name, value]) => `${name}:${value}\n`).join('');
    if (!(await verifier.verifyTrailers(text, signature ?? ''))) throw wrongSignature();
  }
  return trailers;
}

interface Reader {
  readonly line: () => Promise<string>;
  /** 1 to `maxBytes` bytes, not copied. */
  readonly piece: (maxBytes: number) => Promise<Buffer>;
}

function createReader(source: AsyncIterable<Buffer>): Reader {
  const iterator = source[Symbol.asyncIterator]();
  let buffered: Buffer = Buffer.alloc(0);
  const next = async () => {
    const result = await iterator.next();
    if (result.done) throw new S3Error('IncompleteBody', 'The request body ended within a chunk.');
    return result.value;
  };
  return {
    async line() {
      for (;;) {
        const end = buffered.indexOf('\r\n');
        if (end >= 0) {
          const line = buffered.toString('latin1', 0, end);
          buffered = buffered.subarray(end + 2);
          return line.trim();
        }
        if (buffered.length > maxLineBytes) throw malformedBody('a line between chunks is too long');
        buffered = Buffer.concat([buffered, await next()]);
      }
    },
    async piece(maxBytes) {
      while (buffered.length === 0) buffered = await next();
      const piece = buffered.subarray(0, maxBytes);
      buffered = buffered.subarray(piece.length);
      return piece;
    },
  };
}

function malformedBody(problem: string): S3Error {
  return new S3Error('InvalidRequest', `The aws-chunked body is malformed: ${problem}.`);
}

function wrongSignature(): S3Error {
  return new S3Error(
    'SignatureDoesNotMatch',
    'The signature of a chunk or trailer does not match its content.',
  );
}
