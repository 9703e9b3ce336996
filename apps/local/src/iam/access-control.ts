import type { LookupSigningSecret, Principal } from '../sigv4/principal.ts';
import type { AccessKeys } from './access-keys.ts';
import type { CallRecorder } from './call-recorder.ts';
import { isAllowed } from './is-allowed.ts';
import type { GrantsByPrincipal } from './permissions.ts';
import { principalName, principalNames, toPrincipal } from './principals.ts';

/** Authenticates and authorises the principals of a local cloud, for all its servers. */
export interface AccessControl {
  readonly lookupSecret: LookupSigningSecret;
  /** Checks and records a call. An unknown principal has no permissions. */
  readonly authorise: (principal: Principal, action: string, resourceArn: string) => boolean;
}

export function createAccessControl(
  keys: AccessKeys,
  permissions: GrantsByPrincipal,
  recorder: CallRecorder,
): AccessControl {
  const secrets = new Map(
    principalNames.map((name) => [
      keys[name].accessKeyId,
      { secretAccessKey: keys[name].secretAccessKey, principal: toPrincipal(name) },
    ]),
  );
  return {
    lookupSecret: (accessKeyId) => secrets.get(accessKeyId),
    authorise: (principal, action, resource) => {
      const name = principalName(principal);
      if (name === undefined) return false;
      const allowed = isAllowed(permissions[name], action, resource);
      recorder.record({ principal: name, action, resource, allowed });
      return allowed;
    },
  };
}
