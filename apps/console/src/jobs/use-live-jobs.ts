import { ApiError, followJobs } from '@fyrestream/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from '../api/api-context.tsx';
import type { JobFilter } from './job-filter.ts';
import { type JobPages, withJob } from './job-pages.ts';
import { jobListKey } from './use-jobs.ts';

const reconnectMilliseconds = 2_000;

/** Keeps all lists of jobs up to date while the page is shown. */
export function useLiveJobs(): void {
  const client = useApi();
  const queries = useQueryClient();
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const follow = async () => {
      while (!signal.aborted) {
        try {
          // What changed while nothing arrived.
          queries.invalidateQueries({ queryKey: [jobListKey] });
          for await (const job of followJobs(client, signal)) {
            for (const [key, pages] of queries.getQueriesData<JobPages>({ queryKey: [jobListKey] }))
              if (pages !== undefined) queries.setQueryData(key, withJob(pages, job, key[1] as JobFilter));
          }
        } catch (error) {
          if (error instanceof ApiError && error.status === 401) return;
        }
        if (signal.aborted) return;
        await new Promise((resolve) => setTimeout(resolve, reconnectMilliseconds));
      }
    };
    follow();
    return () => ended.abort();
  }, [client, queries]);
}
