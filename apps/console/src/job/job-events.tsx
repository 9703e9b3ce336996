import type { JobDetail } from '../api/views.ts';
import { Button } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { formatSeconds, formatTime } from '../format/times.ts';
import { Section } from '../layout/section.tsx';
import { useWebhooks } from '../stack/use-webhooks.ts';
import { type Delivery, listDeliveries } from './list-deliveries.ts';
import { useJobLog } from './use-job-log.ts';

type JobEvent = NonNullable<JobDetail['events']>[number];

/** The events that were published for the job; where they were delivered is known by the log. */
export function JobEvents({ job: { jobId, events } }: { job: JobDetail }) {
  const { data: log, isFetching, refetch } = useJobLog(jobId);
  const { data: webhooks } = useWebhooks();
  const hasWebhooks = webhooks !== undefined && webhooks.endpoints.length > 0;
  return (
    <Section
      title="Events"
      actions={
        hasWebhooks && (
          <Button isDisabled={isFetching} onPress={() => refetch()}>
            {log ? 'Read deliveries again' : 'Show deliveries'}
          </Button>
        )
      }
    >
      {events === null ? (
        <p className="quiet">
          An earlier release admitted this job, and its record does not keep its events.
        </p>
      ) : (
        <DataTable
          label="Events of the job"
          columns={hasWebhooks && log ? [...columns, deliveryColumn(listDeliveries(log))] : columns}
          rows={events}
          keyOf={({ eventId }) => eventId}
        />
      )}
    </Section>
  );
}

const columns: readonly Column<JobEvent>[] = [
  { name: 'Event', cell: ({ kind }) => kind },
  { name: 'Time', look: 'time', cell: ({ at }) => formatTime(at) },
  { name: 'State', cell: describePublication },
  { name: 'Id', look: 'why', cell: ({ eventId }) => <code>{eventId}</code> },
];

function describePublication({ at, publishedAt }: JobEvent): string {
  if (publishedAt === null) return 'not published yet';
  // The clocks of two machines may differ.
  const seconds = Math.max(0, (Date.parse(publishedAt) - Date.parse(at)) / 1_000);
  return `published after ${formatSeconds(seconds)}`;
}

function deliveryColumn(deliveries: ReadonlyMap<string, readonly Delivery[]>): Column<JobEvent> {
  return {
    name: 'Delivered, by the log',
    look: 'why',
    cell: ({ eventId }) => (deliveries.get(eventId) ?? []).map(describeDelivery).join('; ') || 'nothing yet',
  };
}

function describeDelivery({ endpoint, deliveredAt, failure }: Delivery): string {
  return deliveredAt === null
    ? `${endpoint}: not yet. ${failure}`
    : `${endpoint}: ${formatTime(deliveredAt)}`;
}
