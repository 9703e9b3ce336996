import type { JobDetail } from '../api/views.ts';
import { useNow } from '../design/use-now.ts';
import { formatFraction } from '../format/quantities.ts';
import { formatSeconds } from '../format/times.ts';
import { Section } from '../layout/section.tsx';
import './job-timeline.css';
import type { TimelineRow } from './timeline-row.ts';
import { timelineRows } from './timeline-rows.ts';

/** What was done when. */
export function JobTimeline({ job }: { job: JobDetail }) {
  const now = useNow(1_000);
  const rows = timelineRows(job, now);
  const total = Math.max(...rows.map(({ toSeconds }) => toSeconds), 0.001);
  return (
    <Section
      title="Timeline"
      actions={<span className="quiet">{formatSeconds(total)} since the upload</span>}
    >
      <ol className="job-timeline">
        {rows.map((row) => (
          <Step key={`${row.name} ${row.fromSeconds}`} row={row} total={total} />
        ))}
      </ol>
    </Section>
  );
}

function Step({ row, total }: { row: TimelineRow; total: number }) {
  const { name, fromSeconds, toSeconds, fraction, state, parts = [row] } = row;
  const seconds = toSeconds - fromSeconds;
  return (
    <li className="job-timeline-step" data-state={state}>
      <span className="job-timeline-name">{name}</span>
      <svg aria-hidden="true" className="job-timeline-bar">
        {parts.map((part) => (
          <rect
            key={part.name}
            data-state={part.state}
            x={percent(part.fromSeconds / total)}
            width={percent(Math.max((part.toSeconds - part.fromSeconds) / total, 0.004))}
            rx="3"
          />
        ))}
      </svg>
      <span className="job-timeline-time">
        <span className="visually-hidden">from {formatSeconds(fromSeconds)} for </span>
        {state === 'running' && fraction !== null && `${formatFraction(fraction)} · `}
        {formatSeconds(seconds)}
        {state === 'running' && <span className="visually-hidden"> so far</span>}
      </span>
    </li>
  );
}

function percent(fraction: number): string {
  return `${fraction * 100}%`;
}
