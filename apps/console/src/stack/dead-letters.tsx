import { resultOf } from '@fyrestream/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/api-context.tsx';
import type { DeadLetter, QueueName } from '../api/views.ts';
import { Button } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Failure } from '../design/failure.tsx';
import { formatCount } from '../format/quantities.ts';
import { formatTime } from '../format/times.ts';
import { Section } from '../layout/section.tsx';
import './dead-letters.css';
import { useWebhooks, webhooksKey } from './use-webhooks.ts';

const queueNames: Record<QueueName, string> = {
  uploads: 'Uploads',
  control: 'Control messages',
  webhooks: 'Webhooks',
};

/** The messages that failed for good, of each queue. */
export function DeadLetters() {
  const { data: webhooks } = useWebhooks();
  return (
    <Section title="Dead letters">
      <DeadLettersOf queue="uploads" />
      <DeadLettersOf queue="control" />
      {webhooks && webhooks.endpoints.length > 0 && <DeadLettersOf queue="webhooks" />}
    </Section>
  );
}

function DeadLettersOf({ queue }: { queue: QueueName }) {
  const client = useApi();
  const queries = useQueryClient();
  const queryKey = ['dead-letters', queue];
  // Reading hides the messages from other readers for a moment, so it is not repeated.
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      resultOf(client.api.GET('/v1/stack/dead-letters', { params: { query: { queue } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const redrive = useMutation({
    mutationFn: () => resultOf(client.api.POST('/v1/stack/dead-letters/redrive', { body: { queue } })),
    onSettled: () =>
      Promise.all([queryKey, webhooksKey].map((key) => queries.invalidateQueries({ queryKey: key }))),
  });
  const count = data?.deadLetters.length ?? 0;
  return (
    <div className="dead-letters">
      <div className="dead-letters-head">
        <h3>{queueNames[queue]}</h3>
        {count > 0 && (
          <Button isDisabled={redrive.isPending} onPress={() => redrive.mutate()}>
            {queue === 'webhooks' ? 'Enable endpoints and send again' : 'Send back to the queue'}
          </Button>
        )}
      </div>
      {(error ?? redrive.error) && <Failure error={error ?? redrive.error} />}
      <p className="quiet" role="status">
        {!data && !error && 'Loading …'}
        {redrive.data && `${formatCount(redrive.data.requeued, 'message')} sent back. `}
        {data && count === 0 && 'None.'}
        {data && !data.isComplete && 'There are more. '}
        {data?.note}
      </p>
      {count > 0 && (
        <DataTable
          label={`Dead letters: ${queueNames[queue]}`}
          columns={columns}
          rows={data?.deadLetters ?? []}
          keyOf={({ messageId }) => messageId}
        />
      )}
    </div>
  );
}

const columns: readonly Column<DeadLetter>[] = [
  { name: 'About', cell: ({ about }) => about },
  { name: 'Sent', look: 'time', cell: ({ sentAt }) => formatTime(sentAt) },
  { name: 'Why it failed', look: 'why', cell: ({ reason }) => reason?.message ?? 'not known' },
];
