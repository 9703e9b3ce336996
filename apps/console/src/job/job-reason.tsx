import type { JobDetail } from '../api/views.ts';
import { adviceOn } from './advice.ts';
import './job-reason.css';

/** Why a job has its status, and what to do. */
export function JobReason({ job: { status, reason } }: { job: JobDetail }) {
  if (reason === null) return null;
  return (
    <section className="job-reason" data-status={status} aria-label="Reason">
      <p className="job-reason-message">{reason.message}</p>
      <p>{adviceOn(reason, status === 'queued' || status === 'running')}</p>
      <p className="job-reason-code">
        Code: <code>{reason.code}</code>
      </p>
    </section>
  );
}
