import { resultOf } from '@fyrestream/client';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import type { JobDetail } from '../api/views.ts';

/** What is made of the source, and why. It is there once the worker has read the source. */
export function usePlan({ jobId, units }: Pick<JobDetail, 'jobId' | 'units'>) {
  const client = useApi();
  return useQuery({
    queryKey: ['plan', jobId],
    queryFn: ({ signal }) =>
      resultOf(client.api.GET('/v1/jobs/{jobId}/plan', { params: { path: { jobId } }, signal })),
    enabled: units.some(({ unitId, state }) => unitId === 'plan' && state === 'done'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
