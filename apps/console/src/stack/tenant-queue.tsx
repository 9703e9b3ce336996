import { resultOf } from '@fyrestream/client';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-aria-components';
import { useApi } from '../api/api-context.tsx';
import type { Queue } from '../api/views.ts';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Failure } from '../design/failure.tsx';
import { formatCount } from '../format/quantities.ts';
import { formatAge } from '../format/times.ts';
import { Section } from '../layout/section.tsx';
import { refreshMilliseconds } from './refresh.ts';

type Group = Queue['groups'][number];

/** Which tenants wait for a place. */
export function TenantQueue() {
  const client = useApi();
  const { data, error } = useQuery({
    queryKey: ['queue'],
    queryFn: ({ signal }) => resultOf(client.api.GET('/v1/stack/queue', { signal })),
    refetchInterval: refreshMilliseconds,
  });
  return (
    <Section title="Queue">
      {error && <Failure error={error} />}
      {data && <p className="quiet">{describeQueue(data)}</p>}
      {data && data.groups.length > 0 && (
        <DataTable
          label="Who waits"
          columns={columns}
          rows={data.groups}
          keyOf={({ priority, tenant }) => `${priority} ${tenant}`}
        />
      )}
    </Section>
  );
}

const columns: readonly Column<Group>[] = [
  { name: 'Tenant', cell: ({ tenant }) => tenant },
  { name: 'Priority', cell: ({ priority }) => priority },
  { name: 'Waiting', look: 'number', cell: ({ waiting }) => waiting },
  { name: 'Under way', look: 'number', cell: ({ underWay }) => underWay },
  {
    name: 'Oldest',
    look: 'number',
    cell: ({ oldest }) => (
      <Link href={`/jobs/${oldest.jobId}`}>{formatAge(oldest.createdAt, Date.now())}</Link>
    ),
  },
  { name: 'Why it waits', look: 'why', cell: ({ reason }) => reason?.message ?? 'for its turn' },
];

function describeQueue({ groups, delayed, underWay }: Queue): string {
  const waiting = groups.reduce((sum, group) => sum + group.waiting, 0);
  return [
    `${formatCount(underWay, 'job')} under way`,
    waiting === 0 ? 'none waits for a place' : `${formatCount(waiting, 'job')} in line for a place`,
    ...(delayed === 0 ? [] : [`${formatCount(delayed, 'job')} waiting for something else`]),
  ].join(', ');
}
