import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { PolicyDocument } from '../../src/permissions/policy-document.ts';
import { accountId } from '../recording/fake-cloud.ts';

export interface Request {
  /** ARN of a role, or the name of a service. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

export interface Policies {
  /** Of the principal. */
  readonly identity?: PolicyDocument;
  /** Of the resource. */
  readonly resource?: PolicyDocument;
}

/** A request that the simulator cannot judge: an unknown action, a resource that the action does not have, a policy in bad form. */
class SimulationRefused extends Error {}

/**
 * Whether IAM would let a request pass.
 * @throws SimulationRefused
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
    throw new SimulationRefused(`${request.action} on ${request.resource}: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === 'Allowed';
}
