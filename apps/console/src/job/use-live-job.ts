import { ApiError, followJob, resultOf } from '@fyrestream/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from '../api/api-context.tsx';
import type { JobDetail, JobStatus } from '../api/views.ts';

export function jobKey(jobId: string) {
  return ['job', jobId];
}

/** One that was uploaded a moment ago has no record yet: it is waited for. */
const waitsForRecord = { requests: 5, milliseconds: 1_000 };

/** Its last event and its bill come after its end, when its stream has ended: how often it is read, and how long; a bill may be lost. */
const lateMilliseconds = { interval: 2_000, limit: 600_000 };

/** A job, up to date while it is shown. */
export function useLiveJob(jobId: string) {
  const client = useApi();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: jobKey(jobId),
    queryFn: ({ signal }) =>
      resultOf(client.api.GET('/v1/jobs/{jobId}', { params: { path: { jobId } }, signal })),
    retry: (failures, error) =>
      error instanceof ApiError && error.code === 'job-not-found' && failures < waitsForRecord.requests,
    retryDelay: waitsForRecord.milliseconds,
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && changesAfterEnd(data) && lateMilliseconds.interval,
  });
  const isFollowed = query.data !== undefined && !isOverStatus(query.data.status);
  useEffect(() => {
    if (!isFollowed) return;
    const ended = new AbortController();
    const follow = async () => {
      for await (const job of followJob(client, jobId, { signal: ended.signal }))
        queries.setQueryData<JobDetail>(jobKey(jobId), job);
    };
    // The query shows what is wrong.
    follow().catch(() => {});
    return () => ended.abort();
  }, [client, queries, jobId, isFollowed]);
  return query;
}

function changesAfterEnd({ finishedAt, events, cost }: JobDetail): boolean {
  if (finishedAt === null || Date.now() - Date.parse(finishedAt) > lateMilliseconds.limit) return false;
  const isUnpublished = events?.some(({ publishedAt }) => publishedAt === null) ?? false;
  return isUnpublished || cost?.isFinal === false;
}

function isOverStatus(status: JobStatus): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}
