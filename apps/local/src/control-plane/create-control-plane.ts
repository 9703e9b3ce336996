import { randomUUID } from 'node:crypto';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { JsonObject } from '../json-value.ts';
import type { AccessControl } from '../principals/access-control.ts';
import { answerCall } from './answer-call.ts';
import { AwsError } from './aws-error.ts';
import type { AwsAnswer, AwsService, ServiceRequest } from './aws-service.ts';

export interface ControlPlane {
  /** Starts to listen on 127.0.0.1; answers the URL. Until services are added every request gets 503. */
  readonly listen: (port: number) => Promise<string>;
  readonly add: (service: AwsService) => void;
  /** A path that answers without a signature, as the metadata endpoint of a container does. */
  readonly addOpenPath: (prefix: string, answer: (path: string) => JsonObject | undefined) => void;
  readonly close: () => Promise<void>;
}

export interface ControlPlaneDependencies {
  readonly accessControl: AccessControl;
  readonly nowMilliseconds: () => number;
  /** An error that no service meant to answer. */
  readonly logFailure: (error: unknown) => void;
}

/** The longest body that any of the services takes: BatchWriteItem of DynamoDB. */
const bodyLimitBytes = 16 * 1024 * 1024;

/**
 * One HTTP server for the APIs of many services: it reads the body whole, verifies the signature, finds the operation,
 * asks for permission, and only then lets the service run.
 */
export function createControlPlane(dependencies: ControlPlaneDependencies): ControlPlane {
  const services: AwsService[] = [];
  const openPaths = new Map<string, (path: string) => JsonObject | undefined>();
  const server = fastify({ bodyLimit: bodyLimitBytes, forceCloseConnections: true, exposeHeadRoutes: false });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setErrorHandler(async (error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500) dependencies.logFailure(error);
    return reply.code(status).send({ __type: 'InternalFailure', message: 'The request could not be read.' });
  });
  server.all('/*', async (incoming, reply) => {
    const requestId = randomUUID();
    reply.header('x-amzn-requestid', requestId);
    const request = toServiceRequest(incoming);
    for (const [prefix, answer] of openPaths) {
      if (!request.path.startsWith(prefix)) continue;
      const value = answer(request.path.slice(prefix.length));
      return reply.code(value === undefined ? 404 : 200).send(value ?? {});
    }
    const service = services.find((candidate) => candidate.operationOf(request) !== null);
    try {
      const answer = await answerCall(dependencies, service, request, requestId);
      return sendAnswer(reply, request, answer);
    } catch (error) {
      return sendAnswer(reply, request, errorAnswer(dependencies, service, error));
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

function errorAnswer(
  dependencies: ControlPlaneDependencies,
  service: AwsService | undefined,
  error: unknown,
): AwsAnswer {
  if (!(error instanceof AwsError)) dependencies.logFailure(error);
  const { code, message, status, fields } =
    error instanceof AwsError
      ? error
      : new AwsError('InternalFailure', 'The local cloud failed; its log says why.', 500);
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

function sendAnswer(reply: FastifyReply, request: ServiceRequest, answer: AwsAnswer): FastifyReply {
  const contentType = request.headers['content-type'] ?? 'application/json';
  return reply
    .code(answer.status ?? 200)
    .header('content-type', contentType)
    .headers({ ...answer.headers })
    .send(answer.body);
}
