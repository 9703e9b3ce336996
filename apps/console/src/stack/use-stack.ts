import { resultOf } from '@fyrestream/client';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';

/** The stack. @param refetchInterval milliseconds; without it it is read once */
export function useStack(refetchInterval: number | false = false) {
  const client = useApi();
  return useQuery({
    queryKey: ['stack'],
    queryFn: ({ signal }) => resultOf(client.api.GET('/v1/stack', { signal })),
    refetchInterval,
  });
}
