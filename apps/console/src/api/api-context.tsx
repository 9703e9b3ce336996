import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Api, createApi } from './create-api.ts';

const ApiContext = createContext<Api | null>(null);

export function ApiProvider({ token, children }: { token: string; children: ReactNode }) {
  const api = useMemo(() => createApi(token), [token]);
  return <ApiContext value={api}>{children}</ApiContext>;
}

/** The calls of the API, with the token of this visit. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === null) throw new TypeError('useApi needs an ApiProvider above it.');
  return api;
}
