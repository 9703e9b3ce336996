/**
 * Pulumi encodes special values as an object with this key; its value is the kind of value.
 * @see https://pulumi-developer-docs.readthedocs.io/latest/developer-docs/architecture/deployment-schema.html
 */
const signature = '4dabf18193072939515e22adb298388d';
const secretKind = '1b47061264138c4ac30d75fd1eb44270';
const outputKind = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';
const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** Replaces values that a preview does not know yet. */
export const unknown = '<unknown>';

/** Decodes a value: secrets and outputs are unwrapped, unknown values become `unknown`. */
function plainValue(value: unknown): unknown {
  if (value === unknownText) return unknown;
  if (Array.isArray(value)) return value.map(plainValue);
  if (!isObject(value)) return value;
  if (value[signature] === secretKind) return plainValue(value.value);
  if (value[signature] === outputKind) return 'value' in value ? plainValue(value.value) : unknown;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]));
}

export function plainObject(value: unknown): Record<string, unknown> {
  const plain = plainValue(value);
  return isObject(plain) ? plain : {};
}

/** Whether a value contains a secret. */
export function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  if (!isObject(value)) return false;
  if (value[signature] === secretKind) return true;
  if (value[signature] === outputKind && value.secret === true) return true;
  return Object.values(value).some(holdsSecret);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
