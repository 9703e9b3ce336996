import { ApiError, type components, resultOf } from '@fyrestream/client';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';

export type Video = components['schemas']['Video'];

/** What a job published. */
export function useVideo(jobId: string, enabled: boolean) {
  const client = useApi();
  return useQuery({
    queryKey: ['video', jobId],
    queryFn: ({ signal }) =>
      resultOf(client.api.GET('/v1/videos/{jobId}', { params: { path: { jobId } }, signal })),
    enabled,
    // Other addresses in the middle of a film would start it again.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The files of the version are removed. */
export function isWithoutFiles(error: unknown): boolean {
  return error instanceof ApiError && ['nothing-published', 'object-missing'].includes(error.code);
}
