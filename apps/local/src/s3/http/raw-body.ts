import type { FastifyReply, FastifyRequest } from 'fastify';
import { S3Error } from '../s3-error.ts';

/**
 * The body's bytes as they arrive. A client that waits for `100 Continue` gets it only here, so that
 * whatever can be refused is refused before gigabytes travel. Breaking off leaves the connection usable.
 */
export async function* readRawBody(request: FastifyRequest, reply: FastifyReply): AsyncGenerator<Buffer> {
  if (expectsContinue(request)) reply.raw.writeContinue();
  const source = request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  try {
    yield* source;
  } catch (cause) {
    throw new S3Error('IncompleteBody', 'The connection ended before the body did.', { cause });
  }
}

/**
 * What is left of a refused body is read away, or the next request on the connection could not begin. A
 * body that was never asked for does not come: that connection ends.
 */
export function disposeOfRest(request: FastifyRequest, reply: FastifyReply) {
  if (request.raw.readableEnded) return;
  if (expectsContinue(request) && request.raw.readableDidRead === false) reply.header('connection', 'close');
  else request.raw.resume();
}

function expectsContinue(request: FastifyRequest): boolean {
  return request.raw.headers.expect?.toLowerCase() === '100-continue';
}
