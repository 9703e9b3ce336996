import { randomUUID } from 'node:crypto';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { isForeignRequest, slowClientLimits } from '../foreign-request.ts';
import type { AccessControl } from '../iam/access-control.ts';
import type { JsonObject } from '../json-value.ts';
import { AwsError } from './aws-error.ts';
import type { AwsResponse, AwsService, ServiceRequest } from './aws-service.ts';
import { handleCall, requireKnownKey } from './handle-call.ts';

export interface ServiceGateway {
  /** Starts to listen on 127.0.0.1. Returns the URL. Requests to services that are not added yet are refused. */
  readonly listen: (port: number) => Promise<string>;
  readonly add: (service: AwsService) => void;
  /** Adds a path that needs no signature, such as the metadata endpoint of a container. */
  readonly addOpenPath: (prefix: string, answer: (path: string) => JsonObject | undefined) => void;
  readonly close: () => Promise<void>;
}

export interface ControlPlaneDependencies {
  readonly accessControl: AccessControl;
  readonly nowMilliseconds: () => number;
  /** Called for unexpected errors. */
  readonly logFailure: (error: unknown) => void;
}

/** The max body of all services: that of BatchWriteItem of DynamoDB. */
const bodyLimitBytes = 16 * 1024 * 1024;

/**
 * One HTTP server for the APIs of many services. It checks the access key, reads the whole body, verifies the signature, finds the operation and
 * checks the permissions before the service runs.
 */
export function createServiceGateway(dependencies: ControlPlaneDependencies): ServiceGateway {
  const services: AwsService[] = [];
  const openPaths = new Map<string, (path: string) => JsonObject | undefined>();
  const server = fastify({
    bodyLimit: bodyLimitBytes,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // To receive a request, not to answer it: an invocation of a function may take long.
    requestTimeout: 60_000,
    http: slowClientLimits,
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setErrorHandler(async (error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) dependencies.logFailure(error);
    return reply.code(status).send({ __type: 'InternalFailure', message: 'The request could not be read.' });
  });
  const serviceOf = (request: ServiceRequest) =>
    services.find((candidate) => candidate.operationOf(request) !== null);
  // Before the body is read.
  server.addHook('onRequest', async (incoming, reply) => {
    reply.header('x-amzn-requestid', incoming.id);
    const request = toServiceRequest(incoming);
    if (isForeignRequest(incoming.headers, false)) {
      const message = 'The local cloud answers no web pages, and only to 127.0.0.1 and localhost.';
      return reply.code(403).send({ __type: 'AccessDeniedException', message });
    }
    for (const [prefix, answer] of openPaths) {
      if (!request.path.startsWith(prefix)) continue;
      const value = answer(request.path.slice(prefix.length));
      return reply.code(value === undefined ? 404 : 200).send(value ?? {});
    }
    const service = serviceOf(request);
    try {
      await requireKnownKey(dependencies, service, request);
    } catch (error) {
      return sendResponse(reply, request, errorResponse(dependencies, service, error));
    }
  });
  server.all('/*', async (incoming, reply) => {
    const request = toServiceRequest(incoming);
    const service = serviceOf(request);
    try {
      const answer = await handleCall(dependencies, service, request, incoming.id);
      return sendResponse(reply, request, answer);
    } catch (error) {
      return sendResponse(reply, request, errorResponse(dependencies, service, error));
    }
  });
  return {
    listen: (port) => server.listen({ host: '127.0.0.1', port }),
    add: (service) => {
      services.push(service);
    },
    addOpenPath: (prefix, answer) => {
      openPaths.set(prefix, answer);
    },
    close: () => server.close(),
  };
}

function toServiceRequest(incoming: FastifyRequest): ServiceRequest {
  const [path = '/', query = ''] = (incoming.raw.url ?? '/').split('?', 2);
  return {
    method: incoming.method,
    target: incoming.raw.url ?? '/',
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: Buffer.isBuffer(incoming.body) ? incoming.body : Buffer.alloc(0),
    isAbandoned: () => incoming.raw.socket.destroyed,
  };
}

function errorResponse(
  dependencies: ControlPlaneDependencies,
  service: AwsService | undefined,
  error: unknown,
): AwsResponse {
  if (!(error instanceof AwsError)) dependencies.logFailure(error);
  const { code, message, status, fields } =
    error instanceof AwsError
      ? error
      : new AwsError('InternalFailure', 'The local cloud failed; see its log.', 500);
  return service?.errorCodeIn === 'header'
    ? {
        status,
        headers: { 'x-amzn-errortype': code },
        body: JSON.stringify({
          Type: status < 500 ? 'User' : 'Service',
          Message: message,
          message,
          ...fields,
        }),
      }
    : { status, body: JSON.stringify({ __type: code, message, ...fields }) };
}

function sendResponse(reply: FastifyReply, request: ServiceRequest, answer: AwsResponse): FastifyReply {
  const contentType = request.headers['content-type'] ?? 'application/json';
  return reply
    .code(answer.status ?? 200)
    .header('content-type', contentType)
    .headers({ ...answer.headers })
    .send(answer.body);
}
