import { arn } from '../arn.ts';
import type { Principal } from '../sigv4/principal.ts';

/** Who acts in the local cloud; each has one access key and one row in the permission table. */
export const principalNames = [
  'operator',
  'poller',
  'invoker',
  'worker',
  's3-notifications',
  'events',
] as const;
export type PrincipalName = (typeof principalNames)[number];

/** The operator is a user; all others are roles, as on AWS. */
export function principalOf(name: PrincipalName): Principal {
  return name === 'operator'
    ? { arn: arn.user(name), principalId: `AIDALOCAL:${name}` }
    : { arn: arn.session(`fyrestream-${name}-local`, name), principalId: `AROALOCAL:${name}` };
}

/** Undefined for a principal that is none of ours. */
export function nameOfPrincipal(principal: Principal): PrincipalName | undefined {
  return principalNames.find((name) => principalOf(name).arn === principal.arn);
}
