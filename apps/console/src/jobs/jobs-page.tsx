import { useCallback, useMemo, useState } from 'react';
import { Link } from 'react-aria-components';
import { useSearchParams } from 'wouter';
import { Button } from '../design/button.tsx';
import { Failure } from '../design/failure.tsx';
import { Loading } from '../design/loading.tsx';
import { useNow } from '../design/use-now.ts';
import { PageHeader } from '../layout/page-header.tsx';
import { BulkActions } from './bulk-actions.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type JobFilter, readFilter, writeFilter } from './job-filter.ts';
import { JobTable } from './job-table.tsx';
import './jobs-page.css';
import { useJobs } from './use-jobs.ts';
import { useLiveJobs } from './use-live-jobs.ts';

const ageMilliseconds = 10_000;

export function JobsPage() {
  const [parameters, setParameters] = useSearchParams();
  const filter = useMemo(() => readFilter(parameters), [parameters]);
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set());
  const changeFilter = useCallback(
    (next: JobFilter) => {
      setSelectedIds(new Set());
      setParameters(writeFilter(next), { replace: true });
    },
    [setParameters],
  );
  useLiveJobs();
  const now = useNow(ageMilliseconds);
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useJobs(filter);
  const jobs = data?.pages.flatMap((page) => page.jobs) ?? [];
  return (
    <>
      <PageHeader title="Jobs">
        <Link href="/upload" className="button button-primary">
          Upload
        </Link>
      </PageHeader>
      <FilterBar filter={filter} onChange={changeFilter} />
      <BulkActions
        selected={jobs.filter(({ jobId }) => selectedIds.has(jobId))}
        onDone={() => setSelectedIds(new Set())}
      />
      {error && <Failure error={error} />}
      {isPending && !error && <Loading />}
      {data && jobs.length === 0 && !hasNextPage && <NoJobs isFiltered={parameters.size > 0} />}
      {jobs.length > 0 && (
        <JobTable jobs={jobs} selectedIds={selectedIds} onSelect={setSelectedIds} now={now} />
      )}
      {hasNextPage && (
        <div className="jobs-page-more">
          <Button isDisabled={isFetchingNextPage} onPress={() => fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function NoJobs({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <p className="jobs-page-none">No job matches.</p>;
  return (
    <div className="jobs-page-none">
      <h2>No jobs yet</h2>
      <p>
        <Link href="/upload">Upload a video</Link>: its job appears here.
      </p>
    </div>
  );
}
