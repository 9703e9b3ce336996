const prefix = 'whsec_';
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const minBytes = 24;
const maxBytes = 64;

/**
 * The key of a secret: `whsec_` and 24 to 64 bytes in base64.
 * @returns null for any other text
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export function parseSecret(secret: string): Buffer | null {
  const encoded = secret.trim().slice(prefix.length);
  if (!secret.trim().startsWith(prefix) || !base64.test(encoded)) return null;
  const key = Buffer.from(encoded, 'base64');
  return key.length >= minBytes && key.length <= maxBytes ? key : null;
}
