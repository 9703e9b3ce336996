import { type Column, DataTable } from '../../design/data-table.tsx';
import { Section } from '../../layout/section.tsx';
import type { Check } from './certificate.ts';
import './checks.css';
import { type CheckRow, groupChecks } from './group-checks.ts';

/** What was checked, in groups. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  return groupChecks(checks).map(({ title, about, rows }) => (
    <Section key={title} title={title}>
      <p className="checks-about">{about}</p>
      <div className="checks-table">
        <DataTable label={`Checks: ${title}`} columns={columns} rows={rows} keyOf={({ name }) => name} />
      </div>
    </Section>
  ));
}

const columns: readonly Column<CheckRow>[] = [
  { name: 'Check', cell: ({ title }) => title },
  { name: 'Measured', cell: ({ measured }) => measured },
  { name: 'Allowed', cell: ({ limit }) => limit },
  { name: 'Count', look: 'number', cell: ({ count }) => count },
  {
    name: 'Result',
    cell: ({ outcome }) => (
      <span className="checks-result" data-outcome={outcome}>
        {outcome.charAt(0).toUpperCase() + outcome.slice(1)}
      </span>
    ),
  },
];
