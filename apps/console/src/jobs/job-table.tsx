import type { Job } from '../api/views.ts';
import { Checkbox } from '../design/checkbox.tsx';
import { JobRow } from './job-row.tsx';
import './job-table.css';

interface Props {
  readonly jobs: readonly Job[];
  readonly selectedIds: ReadonlySet<string>;
  readonly onSelect: (jobIds: ReadonlySet<string>) => void;
  readonly now: number;
}

export function JobTable({ jobs, selectedIds, onSelect, now }: Props) {
  const count = jobs.filter(({ jobId }) => selectedIds.has(jobId)).length;
  const select = (jobId: string, isSelected: boolean) => {
    const next = new Set(selectedIds);
    if (isSelected) next.add(jobId);
    else next.delete(jobId);
    onSelect(next);
  };
  return (
    <table className="job-table">
      <caption className="visually-hidden">Jobs, the last changed first</caption>
      <thead>
        <tr>
          <td className="job-table-select">
            <Checkbox
              aria-label="Select all jobs of the list"
              isSelected={count === jobs.length}
              isIndeterminate={count > 0 && count < jobs.length}
              onChange={(isSelected) => onSelect(new Set(isSelected ? jobs.map(({ jobId }) => jobId) : []))}
            />
          </td>
          <th scope="col">Name</th>
          <th scope="col">Status</th>
          <th scope="col">State</th>
          <th scope="col" className="job-table-number">
            Size
          </th>
          <th scope="col" className="job-table-number">
            Estimate
          </th>
          <th scope="col" className="job-table-number">
            Changed
          </th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <JobRow
            key={job.jobId}
            job={job}
            isSelected={selectedIds.has(job.jobId)}
            onSelect={(isSelected) => select(job.jobId, isSelected)}
            now={now}
          />
        ))}
      </tbody>
    </table>
  );
}
