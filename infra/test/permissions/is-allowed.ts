import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { PolicyDocument } from '../../src/permissions/policy-document.ts';
import { accountId } from '../recording/fake-cloud.ts';

export interface Request {
  /** ARN of a role, or a service name. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | string[]>>;
}

export interface Policies {
  /** Policy of the principal. */
  readonly identity?: PolicyDocument;
  /** Policy of the resource. */
  readonly resource?: PolicyDocument;
}

/** The simulator rejects the request: unknown action, wrong resource type or invalid policy. */
class SimulationError extends Error {}

/**
 * Whether IAM would allow a request.
 * @throws SimulationError
 */
export async function isAllowed(request: Request, { identity, resource }: Policies): Promise<boolean> {
  const result = await runSimulation(
    {
      request: {
        principal: request.principal,
        action: request.action,
        resource: { resource: request.resource, accountId },
        contextVariables: { 'aws:SecureTransport': 'true', ...request.context },
      },
      identityPolicies: identity ? [{ name: 'permissions', policy: identity }] : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(resource && { resourcePolicy: resource }),
    },
    {},
  );
  if (result.resultType === 'error') {
    throw new SimulationError(`${request.action} on ${request.resource}: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === 'Allowed';
}
