import { Link } from 'react-aria-components';
import type { Job } from '../api/views.ts';
import { Checkbox } from '../design/checkbox.tsx';
import { StatusChip } from '../design/status-chip.tsx';
import { splitSourceKey } from '../format/paths.ts';
import { formatBytes, formatDollars } from '../format/quantities.ts';
import { formatAge, formatTime } from '../format/times.ts';
import { JobState } from './job-state.tsx';
import './job-row.css';

interface Props {
  readonly job: Job;
  readonly isSelected: boolean;
  readonly onSelect: (isSelected: boolean) => void;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function JobRow({ job, isSelected, onSelect, now }: Props) {
  const { folder, name } = splitSourceKey(job.sourceKey);
  return (
    <tr className="job-row" data-selected={isSelected || undefined}>
      <td className="job-row-select">
        <Checkbox aria-label={`Select ${name}`} isSelected={isSelected} onChange={onSelect} />
      </td>
      <th scope="row" className="job-row-name">
        <Link href={`/jobs/${job.jobId}`}>{name}</Link>
        {folder !== '' && <span className="job-row-folder">{folder}</span>}
      </th>
      <td className="job-row-status">
        <StatusChip status={job.status} />
      </td>
      <td className="job-row-state">
        <JobState job={job} />
      </td>
      <td className="job-row-number">{formatBytes(job.sizeBytes)}</td>
      <td className="job-row-number">
        {job.costEstimateUsd === null ? '' : formatDollars(job.costEstimateUsd)}
      </td>
      <td className="job-row-number">
        <time dateTime={job.updatedAt} title={formatTime(job.updatedAt)}>
          {formatAge(job.updatedAt, now)}
        </time>
      </td>
    </tr>
  );
}
