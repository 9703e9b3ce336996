const storageKey = 'fyrestream-token';

/**
 * The command that starts the server prints an address with `#token=…`. Browsers send no fragment to a server. The token is kept
 * for this tab, and removed from the address so that a copied address does not contain it.
 */
export function takeTokenFromAddress(): void {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given === null) return;
  saveToken(given);
  history.replaceState(history.state, '', location.pathname + location.search);
}

/** Null before the first visit with a token. */
export function readToken(): string | null {
  return sessionStorage.getItem(storageKey);
}

export function saveToken(token: string): void {
  sessionStorage.setItem(storageKey, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(storageKey);
}
