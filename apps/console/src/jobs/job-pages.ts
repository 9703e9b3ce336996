import type { InfiniteData } from '@tanstack/react-query';
import type { Job, JobPage } from '../api/views.ts';
import { type JobFilter, matchesFilter } from './job-filter.ts';

export type JobPages = InfiniteData<JobPage, string | null>;

/**
 * The list after a change of a job: the last changed is first. A job that runs keeps its place, so that rows do not jump with
 * each report of progress.
 */
export function withJob(pages: JobPages, job: Job, filter: JobFilter): JobPages {
  const isShown = matchesFilter(filter, job);
  let before: Job | undefined;
  for (const page of pages.pages) before ??= page.jobs.find(({ jobId }) => jobId === job.jobId);
  if (before === undefined && !isShown) return pages;
  const keepsPlace = isShown && before !== undefined && before.status === job.status;
  const rest = pages.pages.map((page) => ({
    ...page,
    jobs: page.jobs.flatMap((one) => {
      if (one.jobId !== job.jobId) return one;
      return keepsPlace ? job : [];
    }),
  }));
  const [first, ...others] = rest;
  if (keepsPlace || !isShown || first === undefined) return { ...pages, pages: rest };
  return { ...pages, pages: [{ ...first, jobs: [job, ...first.jobs] }, ...others] };
}
