import { resultOf } from '@fyrestream/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useApi } from '../api/api-context.tsx';
import type { Costs } from '../api/views.ts';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Failure } from '../design/failure.tsx';
import { formatCount, formatDollars, formatFraction } from '../format/quantities.ts';
import { formatSeconds } from '../format/times.ts';
import { Section } from '../layout/section.tsx';
import './spend.css';

type Group = Costs['groups'][number];

const groupings = { day: 'Days', tenant: 'Tenants', profile: 'Profiles' } as const;
type Grouping = keyof typeof groupings;

/** What the jobs of the last month really cost. */
export function Spend() {
  const client = useApi();
  const [by, setBy] = useState<Grouping>('day');
  const { data, error } = useQuery({
    queryKey: ['costs', by],
    queryFn: ({ signal }) =>
      resultOf(client.api.GET('/v1/stack/costs', { params: { query: { by } }, signal })),
  });
  return (
    <Section
      title="Spend of the last 30 days"
      actions={
        <ToggleButtonGroup
          aria-label="One row per"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[by]}
          onSelectionChange={([chosen]) => setBy(chosen as Grouping)}
          className="spend-groupings"
        >
          {Object.entries(groupings).map(([one, name]) => (
            <ToggleButton key={one} id={one} className="spend-grouping">
              {name}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      }
    >
      {error && <Failure error={error} />}
      {data && <p className="quiet">{describeSum(data)}</p>}
      {data && data.groups.length > 0 && (
        <DataTable
          label={`Spend by ${by}`}
          columns={[nameColumns[by], ...columns]}
          rows={data.groups}
          keyOf={({ name }) => name}
        />
      )}
    </Section>
  );
}

const nameColumns: Record<Grouping, Column<Group>> = {
  day: { name: 'Day', cell: ({ name }) => name },
  tenant: { name: 'Tenant', cell: ({ name }) => name },
  profile: { name: 'Profile', cell: ({ name }) => name },
};

const columns: readonly Column<Group>[] = [
  { name: 'Jobs', look: 'number', cell: ({ jobs }) => jobs },
  { name: 'Time of tasks', look: 'number', cell: ({ taskSeconds }) => formatSeconds(taskSeconds) },
  {
    name: 'Spot',
    look: 'number',
    cell: ({ taskSeconds, spotSeconds }) => formatFraction(taskSeconds === 0 ? 0 : spotSeconds / taskSeconds),
  },
  { name: 'Estimated', look: 'number', cell: ({ estimateUsd }) => formatDollars(estimateUsd) },
  { name: 'Cost', look: 'number', cell: ({ totalUsd }) => formatDollars(totalUsd) },
  {
    name: 'Storage a month',
    look: 'number',
    cell: ({ storageUsdPerMonth }) => formatDollars(storageUsdPerMonth),
  },
];

function describeSum({ groups }: Costs): string {
  const sum = (of: (group: Group) => number) => groups.reduce((total, group) => total + of(group), 0);
  const missing = sum(({ jobsWithoutReceipt }) => jobsWithoutReceipt);
  return [
    `${formatCount(
      sum(({ jobs }) => jobs),
      'job',
    )} cost ${formatDollars(sum(({ totalUsd }) => totalUsd))}.`,
    ...(missing === 0
      ? []
      : [`${formatCount(missing, 'job')} of an earlier release without a receipt are not in the sums.`]),
  ].join(' ');
}
