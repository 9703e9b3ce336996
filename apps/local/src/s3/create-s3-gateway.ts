import { randomBytes } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { LookupSecret, Principal } from '../sigv4/principal.ts';
import type { DeliverNotification } from './disk/outbox.ts';
import { openStorage } from './disk/storage.ts';
import type { GatewayLog } from './gateway-log.ts';
import { type AnswerContext, answerRequest, type S3Call } from './http/answer-request.ts';
import { errorDocument } from './http/error-document.ts';
import { crossOriginAnswer } from './http/preflight.ts';
import { disposeOfRest, readRawBody } from './http/raw-body.ts';
import { readAddress } from './http/request-address.ts';
import type { S3Response } from './http/s3-request.ts';

export interface S3GatewayOptions {
  /** Everything is kept below it; made where it is missing. One gateway at a time. */
  readonly dataDirectory: string;
  readonly region: string;
  readonly lookupSecret: LookupSecret;
  readonly authorise: (principal: Principal, action: string, resourceArn: string) => boolean;
  /** Rejects where the queue does not take the message; it is then tried again, also after a restart. */
  readonly deliverNotification: DeliverNotification;
  readonly log: GatewayLog;
  readonly onCall?: (call: S3Call) => void;
  readonly nowMillis?: () => number;
}

export interface S3Gateway {
  /** Listens on 127.0.0.1 and answers the endpoint's URL; port 0 takes any free one. */
  readonly listen: (port: number) => Promise<string>;
  /** Ends all connections; what was under way is as after a crash: whole or absent. */
  readonly close: () => Promise<void>;
}

/**
 * S3 over a directory, as far as `operations.ts` lists it: path-style addresses, SigV4, constant memory.
 * Opens the directory first, sweeps it, and delivers notifications that an earlier process still owed.
 */
export async function createS3Gateway(options: S3GatewayOptions): Promise<S3Gateway> {
  const { log, nowMillis = Date.now, onCall = () => {} } = options;
  const storage = await openStorage({ ...options, nowMillis });
  const context: AnswerContext = { ...options, storage, onCall };
  const server = createServer((request, reply) => serve(context, log, request, reply));
  return {
    listen: (port) => server.listen({ host: '127.0.0.1', port }),
    async close() {
      await server.close();
      await storage.close();
    },
  };
}

type Serve = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

function createServer(serve: Serve): FastifyInstance {
  const server = Fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // Objects take as long as they take.
    requestTimeout: 0,
    // Keys are no routes: the router must not decode, normalise or measure them.
    rewriteUrl: () => '/',
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
  server.addHook('onRequest', (request, _reply, done) => {
    // An object's content type is stored, not parsed, and need not even be well-formed.
    request.headers = { 'content-type': 'application/octet-stream' };
    done();
  });
  server.route({ method: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'], url: '/', handler: serve });
  server.setNotFoundHandler(serve);
  server.setErrorHandler((error, request, reply) => {
    const { method, originalUrl, id } = request;
    const { response } = errorDocument(error, { method, resource: originalUrl, requestId: id });
    return reply
      .status(response.status)
      .headers({ ...response.headers })
      .send(response.body);
  });
  // Without a listener Node says `100 Continue` at once, before anything is checked.
  server.server.on('checkContinue', (request, response) => server.server.emit('request', request, response));
  return server;
}

async function serve(
  context: AnswerContext,
  log: GatewayLog,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  const { method, originalUrl } = request;
  const response = await answerRequest(context, {
    method,
    url: originalUrl,
    headers: request.raw.headers,
    remoteAddress: request.ip,
    requestId,
    readBody: () => readRawBody(request, reply),
  }).catch((error: unknown): S3Response => {
    const { response, cause } = errorDocument(error, { resource: originalUrl, requestId, method });
    const level = response.status >= 500 && response.status !== 501 ? 'error' : 'debug';
    log[level](
      { method, url: redact(originalUrl), status: response.status, requestId, error: cause },
      's3 refused',
    );
    return response;
  });
  disposeOfRest(request, reply);
  const crossOrigin = method === 'OPTIONS' ? {} : readCrossOrigin(context, request);
  const headers = {
    'x-amz-request-id': requestId,
    server: 'Fyrestream',
    ...crossOrigin,
    ...response.headers,
  };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) reply.header(name, value);
  }
  return reply.status(response.status).send(response.body);
}

function readCrossOrigin(context: AnswerContext, request: FastifyRequest): Record<string, string> {
  const { origin } = request.raw.headers;
  if (origin === undefined) return {};
  try {
    const { bucket } = readAddress({ rawPath: request.originalUrl.split('?')[0] ?? '/', query: [] });
    const found = context.storage.buckets.get(bucket);
    return crossOriginAnswer(found, request.method, (name) => (name === 'origin' ? origin : undefined));
  } catch {
    return {};
  }
}

/** The query of a presigned URL is a credential. */
function redact(url: string): string {
  return url.split('?')[0] ?? '';
}
