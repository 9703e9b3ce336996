import type { Job } from '../api/views.ts';
import { ProgressBar } from '../design/progress-bar.tsx';
import { describePace } from '../format/describe-pace.ts';
import { formatFraction } from '../format/quantities.ts';
import { formatSeconds } from '../format/times.ts';
import './job-state.css';

/** How far a job is, what it waits for, or why it ended. */
export function JobState({ job: { status, progress, reason, startedAt, finishedAt, damage } }: { job: Job }) {
  const pace = describePace(progress);
  if (status === 'running' || progress.phase === 'starting')
    return (
      <div className="job-state-progress">
        <ProgressBar label="Progress" fraction={progress.fraction} />
        <span>
          {progress.phase} {formatFraction(progress.fraction)}
          {pace !== '' && ` · ${pace}`}
        </span>
      </div>
    );
  if (progress.waitsFor !== null) {
    const { queue } = progress;
    return (
      <span className="job-state">
        waits for {progress.waitsFor}
        {queue !== null && `, ${queue.place} of ${queue.length}`}
      </span>
    );
  }
  if (status === 'succeeded')
    return (
      <span className="job-state">
        {damage !== null && 'The source is damaged. '}
        {startedAt !== null && finishedAt !== null && `in ${secondsBetween(startedAt, finishedAt)}`}
      </span>
    );
  return <span className="job-state">{reason?.message}</span>;
}

function secondsBetween(from: string, to: string): string {
  return formatSeconds((Date.parse(to) - Date.parse(from)) / 1_000);
}
