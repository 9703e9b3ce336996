import { ApiError } from '@fyrestream/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

const maxRetries = 2;

/** @param onTokenRefused is called where the server was started again, with another token */
export function createQueryClient(onTokenRefused: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) onTokenRefused();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => mayPass(error) && failures < maxRetries,
        // The server is this machine: it can be reached without a network.
        networkMode: 'always',
        staleTime: 1_000,
      },
      mutations: { networkMode: 'always' },
    },
  });
}

function mayPass(error: unknown): boolean {
  return error instanceof ApiError ? error.retryable : error instanceof TypeError;
}
