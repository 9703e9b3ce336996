import { createHash } from 'node:crypto';
import { region } from '../arn.ts';
import type { AccessControl } from '../iam/access-control.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import { parseRequestTarget } from '../sigv4/request-target.ts';
import { readSignatureClaim } from '../sigv4/signature-claim.ts';
import { type Verification, verifyRequest } from '../sigv4/verify-request.ts';
import { AwsError } from './aws-error.ts';
import type { AwsOperation, AwsResponse, AwsService, ServiceRequest } from './aws-service.ts';
import { serviceOfScope, signatureFailureToAwsError } from './signature-failure-to-aws-error.ts';

export interface CallDependencies {
  readonly accessControl: AccessControl;
  readonly nowMilliseconds: () => number;
}

/**
 * Refuses a request that names no access key of this cloud. Signatures cover the body, which is read into memory: this check
 * comes before it, so that only holders of a key can send one.
 * @throws AwsError in the format of the service
 */
export async function requireKnownKey(
  { accessControl }: CallDependencies,
  service: AwsService | undefined,
  request: ServiceRequest,
): Promise<void> {
  if (service === undefined) throw unknownOperation();
  const target = parseRequestTarget(request.target);
  const claim = readSignatureClaim(request.headers, target?.query ?? []);
  if ('reason' in claim) throw signatureFailureToAwsError(claim, service);
  if ((await accessControl.lookupSecret(claim.accessKeyId)) !== undefined) return;
  const message = 'The security token included in the request is invalid.';
  throw signatureFailureToAwsError({ reason: 'unknown-access-key', message }, service);
}

/**
 * Verifies the signature and the permissions of a request, and runs its operation.
 * @throws AwsError in the format of the service
 */
export async function handleCall(
  dependencies: CallDependencies,
  service: AwsService | undefined,
  request: ServiceRequest,
  requestId: string,
): Promise<AwsResponse> {
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
  if (!verification.verified) throw signatureFailureToAwsError(verification.refusal, service);
  requireScopeOfService(service, verification);
  const operation = service.operations.get(service.operationOf(request) ?? '');
  if (operation === undefined) throw unknownOperation();
  const call = { request, input: parseInput(service, request.body), requestId };
  requirePermissions(dependencies.accessControl, service, operation, verification, call);
  return await operation.run(call);
}

function requireScopeOfService(service: AwsService, verification: Verification & { verified: true }): void {
  const [, scopeRegion] = verification.signing.scope.split('/');
  if (serviceOfScope(verification.signing.scope) === service.name && scopeRegion === region) return;
  throw signatureFailureToAwsError(
    {
      reason: 'malformed',
      message: `Credential should be scoped to correct service and region: '${service.name}', '${region}'.`,
    },
    service,
  );
}

function requirePermissions(
  accessControl: AccessControl,
  service: AwsService,
  operation: AwsOperation,
  { principal }: Verification & { verified: true },
  call: Parameters<AwsOperation['permissions']>[0],
): void {
  // All permissions are checked, even after one is denied, so that the recorded calls are complete.
  const denied = operation
    .permissions(call)
    .filter(({ action, resource }) => !accessControl.authorise(principal, action, resource))[0];
  if (denied === undefined) return;
  throw new AwsError(
    service.accessDenied.code,
    `User: ${principal.arn} is not authorized to perform: ${denied.action} on resource: ${denied.resource} because no identity-based policy allows the ${denied.action} action`,
    service.accessDenied.status,
  );
}

function parseInput(service: AwsService, body: Buffer): JsonObject {
  if (service.errorCodeIn === 'header' || body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (isJsonObject(value)) return value;
  } catch {
    // Reported below, like JSON that is not an object.
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object.');
}

function unknownOperation(): AwsError {
  return new AwsError('UnknownOperationException', 'The local cloud does not support this operation.');
}
