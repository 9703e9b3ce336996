import { resultOf } from '@fyrestream/client';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';

/** What all parts logged about a job. Reading it takes a moment, so it is read when a person asks, by `refetch`. */
export function useJobLog(jobId: string) {
  const client = useApi();
  return useQuery({
    queryKey: ['log', jobId],
    queryFn: ({ signal }) =>
      resultOf(client.api.GET('/v1/jobs/{jobId}/logs', { params: { path: { jobId } }, signal })),
    enabled: false,
  });
}
