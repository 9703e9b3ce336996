import { Link } from 'react-aria-components';
import type { JobDetail } from '../api/views.ts';
import { Failure } from '../design/failure.tsx';
import { Loading } from '../design/loading.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { splitSourceKey } from '../format/paths.ts';
import { PageHeader } from '../layout/page-header.tsx';
import { JobActions } from './job-actions.tsx';
import { JobEvents } from './job-events.tsx';
import { JobFacts } from './job-facts.tsx';
import { JobLog } from './job-log.tsx';
import { JobPlan } from './job-plan.tsx';
import { JobProgress } from './job-progress.tsx';
import { JobReason } from './job-reason.tsx';
import { JobReceipt } from './job-receipt.tsx';
import { JobRenditions } from './job-renditions.tsx';
import { JobTimeline } from './job-timeline.tsx';
import { useLiveJob } from './use-live-job.ts';

export function JobPage({ jobId }: { jobId: string }) {
  const { data: job, error } = useLiveJob(jobId);
  if (job) return <LoadedJob job={job} />;
  return (
    <>
      <PageHeader title="Job" above={<Link href="/">Jobs</Link>} />
      {error ? <Failure error={error} /> : <Loading />}
    </>
  );
}

function LoadedJob({ job }: { job: JobDetail }) {
  const { folder, name } = splitSourceKey(job.sourceKey);
  return (
    <>
      <PageHeader
        title={name}
        above={
          <>
            <Link href="/">Jobs</Link>
            {folder !== '' && ` / ${folder.slice(0, -1)}`}
          </>
        }
        beside={<StatusChip status={job.status} />}
      >
        <JobActions job={job} />
      </PageHeader>
      <JobReason job={job} />
      <JobProgress job={job} />
      <JobTimeline job={job} />
      <JobFacts job={job} />
      <JobReceipt job={job} />
      <JobRenditions job={job} />
      <JobPlan job={job} />
      <JobEvents job={job} />
      <JobLog jobId={job.jobId} />
    </>
  );
}
