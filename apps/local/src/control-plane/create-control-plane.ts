import { createHash, randomUUID } from 'node:crypto';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import type { Authority } from '../principals/authority.ts';
import { type Verification, verifyRequest } from '../sigv4/verify-request.ts';
import { AwsError } from './aws-error.ts';
import type { AwsAnswer, AwsOperation, AwsService, ServiceRequest } from './aws-service.ts';
import { serviceOfScope, toAwsRefusal } from './to-aws-refusal.ts';

export interface ControlPlane {
  /** Starts to listen on 127.0.0.1; answers the URL. Until services are added every request gets 503. */
  readonly listen: (port: number) => Promise<string>;
  readonly add: (service: AwsService) => void;
  /** A path that answers without a signature, as the metadata endpoint of a container does. */
  readonly addOpenPath: (prefix: string, answer: (path: string) => JsonObject | undefined) => void;
  readonly close: () => Promise<void>;
}

export interface ControlPlaneDependencies {
  readonly authority: Authority;
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
      const answer = await answerCall(dependencies, service, request, incoming.raw.url ?? '/', requestId);
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
    path,
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: Buffer.isBuffer(incoming.body) ? incoming.body : Buffer.alloc(0),
    isAbandoned: () => incoming.raw.socket.destroyed,
  };
}

async function answerCall(
  dependencies: ControlPlaneDependencies,
  service: AwsService | undefined,
  request: ServiceRequest,
  url: string,
  requestId: string,
): Promise<AwsAnswer> {
  if (service === undefined) throw unknownOperation();
  const verification = await verifyRequest(
    {
      method: request.method,
      url,
      headers: request.headers,
      bodySha256: createHash('sha256').update(request.body).digest('hex'),
      nowMillis: dependencies.nowMilliseconds(),
    },
    dependencies.authority.lookupSecret,
  );
  if (!verification.verified) throw toAwsRefusal(verification.refusal, service);
  refuseOtherScope(service, verification);
  const operation = service.operations.get(service.operationOf(request) ?? '');
  if (operation === undefined) throw unknownOperation();
  const call = { request, input: parseInput(service, request.body), requestId };
  refuseUnpermitted(dependencies.authority, service, operation, verification, call);
  return await operation.run(call);
}

function refuseOtherScope(service: AwsService, verification: Verification & { verified: true }): void {
  if (serviceOfScope(verification.signing.scope) === service.name) return;
  throw toAwsRefusal(
    { reason: 'malformed', message: `Credential should be scoped to correct service: '${service.name}'.` },
    service,
  );
}

function refuseUnpermitted(
  authority: Authority,
  service: AwsService,
  operation: AwsOperation,
  { principal }: Verification & { verified: true },
  call: Parameters<AwsOperation['permissions']>[0],
): void {
  // Asked for one by one and to the end, so that the record of calls is whole.
  const refused = operation
    .permissions(call)
    .filter(({ action, resource }) => !authority.authorise(principal, action, resource))[0];
  if (refused === undefined) return;
  throw new AwsError(
    service.accessDenied.code,
    `User: ${principal.arn} is not authorized to perform: ${refused.action} on resource: ${refused.resource} because no identity-based policy allows the ${refused.action} action`,
    service.accessDenied.status,
  );
}

function parseInput(service: AwsService, body: Buffer): JsonObject {
  if (service.errorCodeIn === 'header' || body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (isJsonObject(value)) return value;
  } catch {
    // Answered below, like JSON that is no object.
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object.');
}

function unknownOperation(): AwsError {
  return new AwsError('UnknownOperationException', 'The local cloud does not support this operation.');
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
