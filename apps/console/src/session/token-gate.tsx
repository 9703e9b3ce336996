import { type ReactNode, useState } from 'react';
import { readToken, saveToken } from './token.ts';
import { TokenPage } from './token-page.tsx';

/** Shows the console once the token is known. */
export function TokenGate({ children }: { children: (token: string) => ReactNode }) {
  const [token, setToken] = useState(readToken);
  if (token !== null) return children(token);
  return (
    <TokenPage
      onToken={(given) => {
        saveToken(given);
        setToken(given);
      }}
    />
  );
}
