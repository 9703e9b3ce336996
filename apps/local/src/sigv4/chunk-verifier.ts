import { sha256Hex, signText } from './signing-key.ts';
import type { SigningContext } from './verify-request.ts';

export interface ChunkVerifier {
  /** `chunkSha256` is the hex hash of the chunk's data; call once per chunk, in order, the empty last one too. */
  readonly verifyChunk: (chunkSha256: string, signature: string) => boolean;
  /** `trailers` are the `name:value` lines, each ended by a line feed. */
  readonly verifyTrailers: (trailers: string, signature: string) => boolean;
}

/**
 * Follows the chain of signatures through an aws-chunked body, each signed over the one before.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function createChunkVerifier(context: SigningContext): ChunkVerifier {
  let previous = context.seedSignature;
  const follows = (kind: 'PAYLOAD' | 'TRAILER', hashes: readonly string[], signature: string) => {
    const text = [`AWS4-HMAC-SHA256-${kind}`, context.amzDate, context.scope, previous, ...hashes].join('\n');
    previous = signText(context.key, text);
    return previous === signature;
  };
  return {
    verifyChunk: (chunkSha256, signature) => follows('PAYLOAD', [sha256Hex(''), chunkSha256], signature),
    verifyTrailers: (trailers, signature) => follows('TRAILER', [sha256Hex(trailers)], signature),
  };
}
