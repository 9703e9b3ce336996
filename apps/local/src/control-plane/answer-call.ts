import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import type { AccessControl } from '../principals/access-control.ts';
import { type Verification, verifyRequest } from '../sigv4/verify-request.ts';
import { AwsError } from './aws-error.ts';
import type { AwsAnswer, AwsOperation, AwsService, ServiceRequest } from './aws-service.ts';
import { serviceOfScope, toAwsError } from './to-aws-error.ts';

export interface CallDependencies {
  readonly accessControl: AccessControl;
  readonly nowMilliseconds: () => number;
}

/**
 * Verifies a request, asks whether its principal may do what it asks for, and lets the service do it.
 * @throws AwsError in the words of the service
 */
export async function answerCall(
  dependencies: CallDependencies,
  service: AwsService | undefined,
  request: ServiceRequest,
  requestId: string,
): Promise<AwsAnswer> {
  if (service === undefined) throw unknownOperation();
  const verification = await verifyRequest(
    {
      method: request.method,
      url: request.target,
      headers: request.headers,
      bodySha256: createHash('sha256').update(request.body).digest('hex'),
      nowMillis: dependencies.nowMilliseconds(),
    },
    dependencies.accessControl.lookupSecret,
  );
  if (!verification.verified) throw toAwsError(verification.refusal, service);
  refuseOtherScope(service, verification);
  const operation = service.operations.get(service.operationOf(request) ?? '');
  if (operation === undefined) throw unknownOperation();
  const call = { request, input: parseInput(service, request.body), requestId };
  refuseUnpermitted(dependencies.accessControl, service, operation, verification, call);
  return await operation.run(call);
}

function refuseOtherScope(service: AwsService, verification: Verification & { verified: true }): void {
  if (serviceOfScope(verification.signing.scope) === service.name) return;
  throw toAwsError(
    { reason: 'malformed', message: `Credential should be scoped to correct service: '${service.name}'.` },
    service,
  );
}

function refuseUnpermitted(
  accessControl: AccessControl,
  service: AwsService,
  operation: AwsOperation,
  { principal }: Verification & { verified: true },
  call: Parameters<AwsOperation['permissions']>[0],
): void {
  // Asked for one by one and to the end, so that the record of calls is whole.
  const refused = operation
    .permissions(call)
    .filter(({ action, resource }) => !accessControl.authorise(principal, action, resource))[0];
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
