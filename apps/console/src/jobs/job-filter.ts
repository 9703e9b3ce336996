import type { JobStatus } from '../api/views.ts';

export const jobStatuses = [
  'running',
  'queued',
  'succeeded',
  'failed',
  'held',
  'cancelled',
] as const satisfies readonly JobStatus[];

/** What the list shows. It is in the address, so that it survives a reload and can be bookmarked. */
export interface JobFilter {
  /** Null for all. */
  readonly status: JobStatus | null;
  /** A part of the name; empty for all. */
  readonly search: string;
}

export function readFilter(parameters: URLSearchParams): JobFilter {
  const status = parameters.get('status');
  return {
    status: jobStatuses.find((one) => one === status) ?? null,
    search: parameters.get('search') ?? '',
  };
}

export function writeFilter({ status, search }: JobFilter): URLSearchParams {
  return new URLSearchParams({ ...(status !== null && { status }), ...(search !== '' && { search }) });
}

/** Whether a job belongs to the list, as the API decides it. */
export function matchesFilter(
  { status, search }: JobFilter,
  job: { readonly status: JobStatus; readonly sourceKey: string },
): boolean {
  return (
    (status === null || job.status === status) && job.sourceKey.toLowerCase().includes(search.toLowerCase())
  );
}
