import { arn } from '../arn.ts';
import type { Principal } from '../sigv4/principal.ts';

/** The IAM principals of the local cloud. Each has one access key and one entry in the permissions. */
export const principalNames = [
  'operator',
  'poller',
  'invoker',
  'notifier',
  'worker',
  'api',
  's3-notifications',
  'events',
] as const;
export type PrincipalName = (typeof principalNames)[number];

/** The operator is an IAM user; all others are roles, as on AWS. */
export function toPrincipal(name: PrincipalName): Principal {
  return name === 'operator'
    ? { arn: arn.user(name), principalId: `AIDALOCAL:${name}` }
    : { arn: arn.session(`fyrestream-${name}-local`, name), principalId: `AROALOCAL:${name}` };
}

/** Undefined for an unknown principal. */
export function principalName(principal: Principal): PrincipalName | undefined {
  return principalNames.find((name) => toPrincipal(name).arn === principal.arn);
}
