import { FyrestreamError } from '@fyrestream/events';
import { z } from 'zod';
import type { ImageReference } from './image-reference.ts';

/** Of all platforms: the digest of an index does not depend on the architecture of the stack. */
const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const tokenSchema = z.object({ token: z.string() });
const timeoutMilliseconds = 20_000;

/**
 * The digest that the tag of a public image has now.
 * @throws FyrestreamError `registry-not-readable`
 * @see https://distribution.github.io/distribution/spec/api/ and https://distribution.github.io/distribution/spec/auth/token/
 */
export async function findDigest({ name, registry, repository, tag }: ImageReference): Promise<string> {
  const scheme = /^(localhost|127\.0\.0\.1)(:|$)/.test(registry) ? 'http' : 'https';
  const url = `${scheme}://${registry}/v2/${repository}/manifests/${tag}`;
  let answer = await head(url);
  const challenge = answer.headers.get('www-authenticate');
  if (answer.status === 401 && challenge !== null) answer = await head(url, await fetchToken(challenge));
  const digest = answer.headers.get('docker-content-digest');
  if (answer.ok && digest !== null) return digest;
  throw notReadable(`${name}: ${registry} answers ${answer.status}`);
}

function head(url: string, token?: string): Promise<Response> {
  return request(url, {
    // A GET would count as a pull.
    method: 'HEAD',
    headers: { accept: manifestTypes, ...(token && { authorization: `Bearer ${token}` }) },
  });
}

/** @param challenge `Bearer realm="https://auth.docker.io/token",service="…",scope="…"` */
async function fetchToken(challenge: string): Promise<string> {
  const { realm, ...query } = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]): [string, string] => [
      String(key),
      String(value),
    ]),
  );
  const answer = await request(`${realm}?${new URLSearchParams(query)}`, {});
  const token = tokenSchema.safeParse(await answer.json().catch(() => null));
  if (token.success) return token.data.token;
  throw notReadable(`${realm} gives no token`);
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMilliseconds) });
  } catch (cause) {
    throw notReadable(`${new URL(url).host} does not answer`, cause);
  }
}

function notReadable(why: string, cause?: unknown): FyrestreamError {
  return new FyrestreamError({
    code: 'registry-not-readable',
    message: `The registry cannot be read: ${why}.`,
    retryable: true,
    cause,
  });
}
