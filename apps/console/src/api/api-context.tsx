import { type Client, createClient } from '@fyrestream/client';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

const ApiContext = createContext<Client | null>(null);

export function ApiProvider({ token, children }: { token: string; children: ReactNode }) {
  const client = useMemo(() => createClient({ baseUrl: location.origin, token }), [token]);
  return <ApiContext value={client}>{children}</ApiContext>;
}

/** The client of the API, with the token of this visit. */
export function useApi(): Client {
  const client = useContext(ApiContext);
  if (client === null) throw new TypeError('useApi needs an ApiProvider above it.');
  return client;
}
