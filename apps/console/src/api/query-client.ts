import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem-error.ts';

const maxRetries = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => isRetryable(error) && failures < maxRetries,
        // The server is this machine: it can be reached without a network.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

function isRetryable(error: unknown): boolean {
  return error instanceof ProblemError && error.retryable;
}
