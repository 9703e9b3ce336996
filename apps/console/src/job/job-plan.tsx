import type { JobDetail, Plan } from '../api/views.ts';
import { type Column, DataTable } from '../design/data-table.tsx';
import { formatBitrate, formatCount } from '../format/quantities.ts';
import { Section } from '../layout/section.tsx';
import './job-plan.css';
import { planRows } from './plan-rows.ts';
import { usePlan } from './use-plan.ts';

/** What is made of the source, and why. */
export function JobPlan({ job }: { job: JobDetail }) {
  const { data } = usePlan(job);
  return data ? <ShownPlan plan={data} /> : null;
}

function ShownPlan({ plan }: { plan: Plan }) {
  const { rungs, tracks } = planRows(plan);
  return (
    <Section title="Plan">
      {rungs.length > 0 && (
        <DataTable label="Planned renditions" columns={rungColumns} rows={rungs} keyOf={({ name }) => name} />
      )}
      {tracks.length > 0 && (
        <div className="job-plan-tracks">
          <DataTable
            label="Other tracks"
            columns={trackColumns}
            rows={tracks}
            keyOf={({ name, kind }) => `${kind} ${name}`}
          />
        </div>
      )}
      <p className="quiet job-plan-units">{plan.unitsWhy}</p>
      {plan.filters.length > 0 && (
        <details className="job-plan-filters">
          <summary>{formatCount(plan.filters.length, 'filter')}</summary>
          <DataTable
            label="Filters"
            columns={filterColumns}
            rows={plan.filters}
            keyOf={({ of, filter }) => `${of} ${filter}`}
          />
        </details>
      )}
    </Section>
  );
}

type Rung = ReturnType<typeof planRows>['rungs'][number];
type Track = ReturnType<typeof planRows>['tracks'][number];

const rungColumns: readonly Column<Rung>[] = [
  {
    name: 'Rung',
    cell: ({ name, isDropped }) => (isDropped ? <span className="job-plan-dropped">{name}</span> : name),
  },
  { name: 'Picture', look: 'number', cell: ({ picture }) => picture },
  {
    name: 'At most',
    look: 'number',
    cell: ({ maximumBitrateBitsPerSecond: bitrate }) =>
      bitrate === null ? 'left out' : formatBitrate(bitrate),
  },
  { name: 'Why', look: 'why', cell: ({ why }) => why },
];

const filterColumns: readonly Column<Plan['filters'][number]>[] = [
  { name: 'Of', cell: ({ of }) => of },
  {
    name: 'Why',
    look: 'why',
    cell: ({ filter, why }) => (
      <>
        {why}
        <code className="job-plan-code">{filter}</code>
      </>
    ),
  },
];

const trackColumns: readonly Column<Track>[] = [
  { name: 'Track', cell: ({ name }) => name },
  { name: 'Kind', cell: ({ kind }) => kind },
  { name: 'Details', look: 'why', cell: ({ details }) => details },
];
