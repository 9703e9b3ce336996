import type { FastifyReply, FastifyRequest } from 'fastify';
import { slowClientLimits } from '../../foreign-request.ts';
import { S3Error } from '../s3-error.ts';

/**
 * Reads the bytes of the body as they arrive. A client that waits for `100 Continue` gets it only here, so that a request is
 * refused before its body is sent. The connection stays usable where the caller stops reading.
 */
export async function* readRawBody(request: FastifyRequest, reply: FastifyReply): AsyncGenerator<Buffer> {
  if (expectsContinue(request)) reply.raw.writeContinue();
  const source = request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  try {
    yield* source;
  } catch (cause) {
    throw new S3Error('IncompleteBody', 'The connection ended before the end of the body.', { cause });
  }
}

/**
 * Discards the rest of a refused body, so that the connection can be used for the next request. A client that waits for
 * `100 Continue` does not send the body, so its connection is closed; and so is one whose rest takes too long.
 */
export function discardRest(request: FastifyRequest, reply: FastifyReply) {
  if (request.raw.readableEnded) return;
  if (expectsContinue(request) && request.raw.readableDidRead === false) reply.header('connection', 'close');
  else {
    const timer = setTimeout(() => request.raw.socket.destroy(), slowClientLimits.headersTimeout);
    request.raw.once('close', () => clearTimeout(timer)).resume();
  }
}

function expectsContinue(request: FastifyRequest): boolean {
  return request.raw.headers.expect?.toLowerCase() === '100-continue';
}
