import { resultOf } from '@fyrestream/client';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';

export const webhooksKey = ['webhooks'];

/** The endpoints that get job events. @param refetchInterval milliseconds; without it they are read once */
export function useWebhooks(refetchInterval: number | false = false) {
  const client = useApi();
  return useQuery({
    queryKey: webhooksKey,
    queryFn: ({ signal }) => resultOf(client.api.GET('/v1/stack/webhooks', { signal })),
    refetchInterval,
  });
}
