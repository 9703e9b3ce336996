import type { LookupSecret, Principal } from '../sigv4/principal.ts';
import type { AccessKeys } from './access-keys.ts';
import type { CallRecorder } from './call-recorder.ts';
import { isAllowed } from './is-allowed.ts';
import type { Permissions } from './permissions.ts';
import { nameOfPrincipal, principalNames, principalOf } from './principals.ts';

/** Who is known and who may do what: one for all servers of a local cloud. */
export interface AccessControl {
  readonly lookupSecret: LookupSecret;
  /** Decides and records; a principal that is none of ours may do nothing. */
  readonly authorise: (principal: Principal, action: string, resourceArn: string) => boolean;
}

export function createAccessControl(
  keys: AccessKeys,
  permissions: Permissions,
  recorder: CallRecorder,
): AccessControl {
  const secrets = new Map(
    principalNames.map((name) => [
      keys[name].accessKeyId,
      { secretAccessKey: keys[name].secretAccessKey, principal: principalOf(name) },
    ]),
  );
  return {
    lookupSecret: (accessKeyId) => secrets.get(accessKeyId),
    authorise: (principal, action, resource) => {
      const name = nameOfPrincipal(principal);
      if (name === undefined) return false;
      const allowed = isAllowed(permissions[name], action, resource);
      recorder.record({ principal: name, action, resource, allowed });
      return allowed;
    },
  };
}
