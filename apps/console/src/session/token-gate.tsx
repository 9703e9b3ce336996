import { type ReactNode, useEffect, useState } from 'react';
import { answerOtherTabs, askOtherTabs } from './share-token.ts';
import { forgetToken, readToken, saveToken } from './token.ts';
import { TokenPage } from './token-page.tsx';

/** Shows the console once the token is known, and asks for it again where the server refuses it. */
export function TokenGate({
  children,
}: {
  children: (token: string, onTokenRefused: () => void) => ReactNode;
}) {
  const [token, setToken] = useState(readToken);
  const [isRefused, setRefused] = useState(false);
  const takeToken = (given: string) => {
    saveToken(given);
    setToken(given);
  };
  const hasToken = token !== null;
  useEffect(() => {
    if (hasToken) return answerOtherTabs();
    return isRefused ? undefined : askOtherTabs(takeToken);
  }, [hasToken, isRefused]);
  if (!hasToken) return <TokenPage isRefused={isRefused} onToken={takeToken} />;
  return children(token, () => {
    forgetToken();
    setRefused(true);
    setToken(null);
  });
}
