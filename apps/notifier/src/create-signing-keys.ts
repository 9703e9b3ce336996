import type { SecretReader } from '@fyrestream/cloud';
import { FyrestreamError } from '@fyrestream/events';
import { parseSecret } from './parse-secret.ts';

/** After a change of a secret, posts are signed with it within this time. */
const keptMilliseconds = 60_000;

export interface SigningKeysDependencies {
  readonly secrets: SecretReader;
  readonly secretPrefix: string;
  readonly nowMilliseconds: () => number;
}

/** The keys of the endpoints. */
export interface SigningKeys {
  /** Of the secret of an endpoint, then of the one before, so that a rotation loses nothing. */
  readonly of: (endpoint: string) => Promise<readonly Buffer[]>;
  /** After a refused post: the receiver may have a new secret already. */
  readonly forget: (endpoint: string) => void;
}

/** Reads each secret once a minute, and after `forget`. */
export function createSigningKeys({
  secrets,
  secretPrefix,
  nowMilliseconds,
}: SigningKeysDependencies): SigningKeys {
  const kept = new Map<string, { readonly keys: readonly Buffer[]; readonly until: number }>();
  const of = async (endpoint: string) => {
    const known = kept.get(endpoint);
    if (known !== undefined && nowMilliseconds() < known.until) return known.keys;
    const name = `${secretPrefix}${endpoint}`;
    const { current, previous } = await secrets.read(name);
    const keys = [requireKey(name, current), previous === null ? null : parseSecret(previous)].filter(
      (key) => key !== null,
    );
    kept.set(endpoint, { keys, until: nowMilliseconds() + keptMilliseconds });
    return keys;
  };
  return { of, forget: (endpoint) => void kept.delete(endpoint) };
}

/** @throws FyrestreamError `webhook-secret-missing`, `webhook-secret-invalid` */
function requireKey(name: string, secret: string | null): Buffer {
  if (secret === null) throw fault('webhook-secret-missing', `The secret ${name} has no value`);
  const key = parseSecret(secret);
  if (key === null)
    throw fault('webhook-secret-invalid', `The secret ${name} is not whsec_ with 24 to 64 bytes in base64`);
  return key;
}

function fault(code: string, what: string): FyrestreamError {
  return new FyrestreamError({
    code,
    message: `${what}: put one as docs/operating.md says.`,
    retryable: true,
  });
}
