import type { JobStatus } from '../api/views.ts';
import './status-chip.css';

/** The status of a job as a dot and a word. */
export function StatusChip({ status }: { status: JobStatus }) {
  return (
    <span className="status-chip" data-status={status}>
      {status.charAt(0).toUpperCase() + status.slice(1)}
    </span>
  );
}
