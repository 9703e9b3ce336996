import { randomBytes } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { slowClientLimits } from '../foreign-request.ts';
import { type MeasureFreeSpace, measureFreeSpace } from '../free-space.ts';
import type { LookupSigningSecret, Principal } from '../sigv4/principal.ts';
import type { DeliverNotification } from './disk/notification-outbox.ts';
import { openStorage } from './disk/storage.ts';
import type { GatewayLog } from './gateway-log.ts';
import { handleRequest, type RequestContext, type S3Call } from './http/handle-request.ts';
import { crossOriginResponseHeaders } from './http/preflight.ts';
import { discardRest, readRawBody } from './http/raw-body.ts';
import { readAddress } from './http/request-address.ts';
import { s3ErrorResponse } from './http/s3-error-response.ts';
import type { S3Response } from './http/s3-request.ts';

export interface S3GatewayOptions {
  /** The directory for all data; created where it is missing. One gateway at a time. */
  readonly dataDirectory: string;
  readonly region: string;
  readonly lookupSecret: LookupSigningSecret;
  readonly authorise: (principal: Principal, action: string, resourceArn: string) => boolean;
  /** Rejects where the queue does not accept the message; delivery is then retried, also after a restart. */
  readonly deliverNotification: DeliverNotification;
  readonly log: GatewayLog;
  readonly onCall?: (call: S3Call) => void;
  readonly nowMillis?: () => number;
  readonly freeSpace?: MeasureFreeSpace;
}

export interface S3Gateway {
  /** Listens on 127.0.0.1 and returns the URL of the endpoint; port 0 uses any free port. */
  readonly listen: (port: number) => Promise<string>;
  /** Closes all connections. Objects that are being written are complete or absent, as after a crash. */
  readonly close: () => Promise<void>;
}

/**
 * Creates an S3 server for the operations in `operations.ts`, over a directory: path-style addresses, SigV4, constant memory.
 * Opens the directory first, removes incomplete files, and delivers the pending notifications of an earlier process.
 */
export async function createS3Gateway(options: S3GatewayOptions): Promise<S3Gateway> {
  const { log, nowMillis = Date.now, onCall = () => {}, freeSpace = measureFreeSpace } = options;
  const storage = await openStorage({ ...options, nowMillis });
  const context: RequestContext = { ...options, storage, onCall, freeSpace };
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
    // Large objects take long, but not without a byte.
    requestTimeout: 0,
    connectionTimeout: 120_000,
    http: slowClientLimits,
    // The router must not decode, normalise or limit keys.
    rewriteUrl: () => '/',
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
  server.addHook('onRequest', (request, _reply, done) => {
    // The content type of an object is stored and not parsed; it may even be malformed.
    request.headers = { 'content-type': 'application/octet-stream' };
    done();
  });
  server.route({ method: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS'], url: '/', handler: serve });
  server.setNotFoundHandler(serve);
  server.setErrorHandler((error, request, reply) => {
    const { method, originalUrl, id } = request;
    const { response } = s3ErrorResponse(error, { method, resource: originalUrl, requestId: id });
    return reply
      .status(response.status)
      .headers({ ...response.headers })
      .send(response.body);
  });
  // Without a listener Node sends `100 Continue` at once, before the request is checked.
  server.server.on('checkContinue', (request, response) => server.server.emit('request', request, response));
  return server;
}

async function serve(
  context: RequestContext,
  log: GatewayLog,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  const { method, originalUrl } = request;
  const response = await handleRequest(context, {
    method,
    url: originalUrl,
    headers: request.raw.headers,
    remoteAddress: request.ip,
    requestId,
    readBody: () => readRawBody(request, reply),
  }).catch((error: unknown): S3Response => {
    const { response, cause } = s3ErrorResponse(error, { resource: originalUrl, requestId, method });
    const level = response.status >= 500 && response.status !== 501 ? 'error' : 'debug';
    log[level](
      { method, url: redact(originalUrl), status: response.status, requestId, error: cause },
      's3 request failed',
    );
    return response;
  });
  discardRest(request, reply);
  const crossOrigin = method === 'OPTIONS' ? {} : readCrossOrigin(context, request);
  const headers = {
    'x-amz-request-id': requestId,
    server: 'Fyrestream',
    date: new Date(context.storage.nowMillis()).toUTCString(),
    ...crossOrigin,
    ...response.headers,
  };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) reply.header(name, value);
  }
  return reply.status(response.status).send(response.body);
}

function readCrossOrigin(context: RequestContext, request: FastifyRequest): Record<string, string> {
  const { origin } = request.raw.headers;
  if (origin === undefined) return {};
  try {
    const { bucket } = readAddress({ rawPath: request.originalUrl.split('?')[0] ?? '/', query: [] });
    const found = context.storage.buckets.get(bucket);
    return crossOriginResponseHeaders(found, request.method, (name) =>
      name === 'origin' ? origin : undefined,
    );
  } catch {
    return {};
  }
}

/** The query of a presigned URL is a credential. */
function redact(url: string): string {
  return url.split('?')[0] ?? '';
}
