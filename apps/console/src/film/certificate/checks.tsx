import { type Column, DataTable } from '../../design/data-table.tsx';
import { Section } from '../../layout/section.tsx';
import type { Check } from './certificate.ts';
import { type CheckRow, groupChecks } from './group-checks.ts';

/** What was checked, in groups. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  return groupChecks(checks).map(({ title, about, rows }) => (
    <Section key={title} title={title}>
      <p className="certificate-about">{about}</p>
      <div className="certificate-checks">
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
    cell: ({ passed }) => (
      <span className="certificate-result" data-passed={passed}>
        {passed ? 'Passed' : 'Failed'}
      </span>
    ),
  },
];
