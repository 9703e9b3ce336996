import type { Webhooks as StackWebhooks } from '../api/views.ts';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Failure } from '../design/failure.tsx';
import { formatCount } from '../format/quantities.ts';
import { formatTime } from '../format/times.ts';
import { Section } from '../layout/section.tsx';
import { refreshMilliseconds } from './refresh.ts';
import { useWebhooks } from './use-webhooks.ts';
import './webhooks.css';

type Endpoint = StackWebhooks['endpoints'][number];

/** The endpoints that get job events, and which of them fail or are disabled. */
export function Webhooks() {
  const { data, error } = useWebhooks(refreshMilliseconds);
  return (
    <Section title="Webhooks">
      {error && <Failure error={error} />}
      {data && <p className="quiet">{describeWebhooks(data)}</p>}
      {data && data.endpoints.length > 0 && (
        <DataTable
          label="Endpoints of webhooks"
          columns={columns}
          rows={data.endpoints}
          keyOf={({ name }) => name}
        />
      )}
    </Section>
  );
}

const columns: readonly Column<Endpoint>[] = [
  { name: 'Endpoint', cell: ({ name }) => name },
  { name: 'Host', cell: ({ host }) => host },
  { name: 'Gets', cell: ({ kinds }) => (kinds === null ? 'all events' : kinds.join(', ')) },
  {
    name: 'State',
    cell: ({ state }) => (
      <span className="webhooks-state" data-state={state}>
        {state}
      </span>
    ),
  },
  { name: 'Why', look: 'why', cell: describeFailure },
];

function describeWebhooks({ endpoints, waiting, underWay }: StackWebhooks): string {
  if (endpoints.length === 0) return 'No endpoint gets job events: the setting webhooks names none.';
  const messages = (count: number) => formatCount(count, 'message');
  return `${messages(waiting)} waiting, ${underWay} under way or to be repeated`;
}

function describeFailure({ failingSince, disabledAt, lastFailure }: Endpoint): string {
  if (failingSince === null || lastFailure === null) return '';
  const since =
    disabledAt === null
      ? `Failing since ${formatTime(failingSince)}.`
      : `Disabled since ${formatTime(disabledAt)}: when it is repaired, send its dead letters again.`;
  return `${lastFailure.reason.message} ${since}`;
}
