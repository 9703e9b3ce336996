import { createHash } from 'node:crypto';
import type { SigningContext } from './verify-request.ts';

export interface ChunkVerifier {
  /** `chunkSha256` is the hex hash of the chunk's data. Call it once for each chunk, in order, and for the empty last one. */
  readonly verifyChunk: (chunkSha256: string, signature: string) => Promise<boolean>;
  /** `trailers` are the `name:value` lines, each ended by a line feed. */
  readonly verifyTrailers: (trailers: string, signature: string) => Promise<boolean>;
}

/**
 * Verifies the signatures in an aws-chunked body; each one covers the signature before it.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function createChunkVerifier(context: SigningContext): ChunkVerifier {
  let previous = context.seedSignature;
  const verify = async (kind: 'PAYLOAD' | 'TRAILER', hashes: readonly string[], signature: string) => {
    const text = [`AWS4-HMAC-SHA256-${kind}`, context.amzDate, context.scope, previous, ...hashes].join('\n');
    previous = await context.sign(text);
    return previous === signature;
  };
  return {
    verifyChunk: (chunkSha256, signature) => verify('PAYLOAD', [sha256Hex(''), chunkSha256], signature),
    verifyTrailers: (trailers, signature) => verify('TRAILER', [sha256Hex(trailers)], signature),
  };
}

/** Header and trailer bytes are latin1 in Node. */
function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
