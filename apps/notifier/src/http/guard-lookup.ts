import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { FyrestreamError } from '@fyrestream/events';

/** Resolves a name to all its addresses, as `dns.lookup` with `all` does. */
export type Resolve = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export type IsAllowed = (address: string) => boolean;

/**
 * The lookup of a connection that refuses a name with an address that is not allowed. It runs for every connection and
 * connects to the addresses that it has checked, so a name that changes its address afterwards gains nothing.
 */
export function guardLookup(resolve: Resolve, isAllowed: IsAllowed): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const refused = addresses.find(({ address }) => !isAllowed(address));
      const [first] = addresses;
      if (refused !== undefined || first === undefined)
        return callback(addressRefused(hostname, refused?.address ?? 'nothing'), []);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** Node looks up names only: an address in the URL is checked here. @throws FyrestreamError `webhook-address-refused` */
export function requireAllowedHost({ hostname }: URL, isAllowed: IsAllowed): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) throw addressRefused(hostname, host);
}

function addressRefused(hostname: string, address: string): FyrestreamError {
  return new FyrestreamError({
    code: 'webhook-address-refused',
    message: `${hostname} resolves to ${address}, which is not a public address: webhooks are sent to public addresses only.`,
    retryable: true,
  });
}
