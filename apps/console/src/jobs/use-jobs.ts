import { resultOf } from '@fyrestream/client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import type { JobFilter } from './job-filter.ts';

const pageSize = 50;

export const jobListKey = 'job-list';

/** The jobs that match, page by page. */
export function useJobs(filter: JobFilter) {
  const client = useApi();
  return useInfiniteQuery({
    queryKey: [jobListKey, filter],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      resultOf(
        client.api.GET('/v1/jobs', {
          params: {
            query: {
              limit: pageSize,
              ...(filter.status !== null && { status: filter.status }),
              ...(filter.search !== '' && { search: filter.search }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: keepPreviousData,
  });
}
