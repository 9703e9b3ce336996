import { z } from 'zod';
import type { OutputKind } from '../wanted-outputs.ts';

/** What a key URL may contain: both name the version that a key belongs to. */
const placeholders = ['jobId', 'token'] as const;

/** An origin without user and password, then characters of a URL (RFC 3986, 2) that need no escaping in a playlist. */
const urlPattern = /^(https?):\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?\/[\w\-.~:/?@!$&'()*+,;=%{}]*$/i;
const localHosts = ['localhost', '127.0.0.1', '[::1]'];

/** The URL from which players get the key of a version, with placeholders. */
const keyUrlSchema = z
  .string()
  .max(500)
  .superRefine((template, context) => {
    const fault = faultOf(template);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });

/** How segments are encrypted. Source: RFC 8216, 4.3.2.4. */
export const encryptionSchema = z.strictObject({
  method: z
    .literal('AES-128')
    .describe('Whole segments of video and audio, by AES-128 in CBC mode (RFC 8216, 4.3.2.4).'),
  keyUrl: keyUrlSchema.describe(
    'Where players get the key: `https://keys.example.com/{jobId}/{token}`. Both placeholders are required, as each version has a key of its own. `http` on localhost alone.',
  ),
});
export type Encryption = z.infer<typeof encryptionSchema>;

/** The outputs that cannot be encrypted: AES-128 is of HLS, and its segments would be of no use to DASH. */
export const unencryptableOutputs: readonly OutputKind[] = ['dash', 'mp4'];

/** The URL of the key of one version, as its playlists have it. */
export function keyUrlOf(
  { keyUrl }: Encryption,
  { jobId, token }: { readonly jobId: string; readonly token: number },
): string {
  return keyUrl.replaceAll('{jobId}', jobId).replaceAll('{token}', String(token));
}

function faultOf(template: string): string | null {
  const [, scheme = '', host = ''] = urlPattern.exec(template) ?? [];
  if (host === '') {
    return 'must be an absolute URL such as https://keys.example.com/{jobId}/{token}, without user, password and fragment, and with placeholders after its host only';
  }
  if (scheme.toLowerCase() !== 'https' && !localHosts.includes(host.toLowerCase())) {
    return 'must begin with https://: only a key server on localhost may use http';
  }
  const named = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const unknown = named.find((name) => !placeholders.some((known) => known === name));
  if (unknown !== undefined) return `must not contain {${unknown}}: the placeholders are {jobId} and {token}`;
  if (/[{}]/.test(template.replaceAll(/\{[^{}]*\}/g, ''))) return 'has a brace without its other half';
  const missing = placeholders.filter((name) => !named.includes(name));
  return missing.length === 0
    ? null
    : `must contain ${missing.map((name) => `{${name}}`).join(' and ')}: each version of a film has a key of its own`;
}
