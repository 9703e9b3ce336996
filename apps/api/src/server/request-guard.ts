import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ProblemError } from '../problems/problem-error.ts';

/**
 * Lets nobody in but the pages of this server and programs of this machine that know the token. A web page of another origin sends
 * its `Origin`, and a name that its owner made to point to 127.0.0.1 (DNS rebinding) is in `Host`.
 * @param origin of the server: `http://127.0.0.1:8502`
 */
export function guardRequests(origin: string): MiddlewareHandler {
  const { port } = new URL(origin);
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  return async (context, next) => {
    const header = (name: string) => context.req.header(name);
    const host = header('host')?.toLowerCase();
    const from = header('origin');
    const site = header('sec-fetch-site');
    const isOwnHost = host !== undefined && hosts.has(host);
    const isOwnPage = from === undefined || origins.has(from);
    // Browsers say where a request comes from, also where it has no Origin. A link to the console may be anywhere.
    const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
    const isLink = header('sec-fetch-mode') === 'navigate' && header('sec-fetch-dest') === 'document';
    if (isOwnHost && isOwnPage && (isOwnSite || isLink)) return next();
    throw new ProblemError(403, {
      code: 'foreign-request',
      message: `The API answers only to 127.0.0.1:${port} and localhost:${port}, and to no web page of another origin.`,
      retryable: false,
    });
  };
}

/** Wants `Authorization: Bearer <token>`. */
export function requireToken(token: string): MiddlewareHandler {
  return async (context, next) => {
    const given = /^Bearer (\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    if (given !== undefined && isSecret(given, token)) return next();
    throw new ProblemError(401, {
      code: 'token-missing',
      message:
        'The header Authorization must have the token of the URL that the command printed: `Bearer <token>`.',
      retryable: false,
    });
  };
}

/** Compares in a time that says nothing about the secret. */
export function isSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
