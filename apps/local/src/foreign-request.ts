import type { IncomingHttpHeaders } from 'node:http';

/** The names of this machine. Others can be made to point to 127.0.0.1 by whoever owns them (DNS rebinding). */
const ownNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a request was sent by a web page that a browser on this machine shows, or to another name of this machine. No client
 * of the local cloud does either.
 * @param servesPages whether pages of other origins may read: CORS rules decide about the answer, the signature about access
 */
export function isForeignRequest(headers: IncomingHttpHeaders, servesPages: boolean): boolean {
  const host = headers.host?.replace(/:\d*$/, '').toLowerCase();
  if (host === undefined || !ownNames.has(host)) return true;
  return headers.origin !== undefined && !servesPages;
}

/** When connections of clients that send nothing, or slowly, are closed. Node checks this every second. */
export const slowClientLimits = {
  headersTimeout: 10_000,
  // Clients keep connections for later requests. One that is closed in the moment of a request fails the request.
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1_000,
} as const;
